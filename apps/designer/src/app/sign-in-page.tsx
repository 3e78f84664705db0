import type { ScreenLanguage } from "@cordboard/api";
import { StaffSignIn } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useSession } from "./session-context.tsx";
import { useWaysIn } from "./use-ways-in.ts";

/** Users of the designer sign in. */
export function SignInPage(props: { language: ScreenLanguage; onLanguage: (language: ScreenLanguage) => void }) {
  const { t } = useTranslation("app");
  const { session } = useSession();
  return (
    <StaffSignIn
      title={t("signIn.title")}
      words={t("signIn.words")}
      page="designer"
      ways={useWaysIn(session.api)}
      signIn={session.signIn}
      redeem={session.redeem}
      foot={{ ...props, elsewhere: { label: t("toAgent"), href: "/agent/" } }}
    />
  );
}
