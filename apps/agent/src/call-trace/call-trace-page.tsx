import { type ApiClient, type ApiResult, createClient, type ScreenLanguage, type SignedInUser } from "@cordboard/api";
import { traceTexts } from "@cordboard/api/trace-words";
import { Button, EmptyState, type Language, LanguageSwitch, Loading, Logo, StaffSignIn } from "@cordboard/ui";
import { LogOut, ShieldX } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWaysIn } from "../sign-in/use-ways-in.ts";
import { CallDetails } from "./call-details.tsx";
import { CallList } from "./call-list.tsx";
import styles from "./call-trace-page.module.css";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };

type Props = { hash: string; language: ScreenLanguage; onLanguage: (language: Language) => void };

/** Who looks: not known yet, nobody, or a user; `zone` is their company's. */
type Staff = "asking" | null | { readonly signedIn: SignedInUser; readonly zone: string };

/** Calls and what happened in each: for administrators and supervisors, with the addresses `#calls` and `#calls/<call>`. */
export function CallTracePage({ hash, language, onLanguage }: Props) {
  const { t, i18n } = useTranslation("callTrace");
  // These texts come with this page, not with the desk.
  if (!i18n.hasResourceBundle("fr", "callTrace")) {
    i18n.addResourceBundle("fr", "callTrace", { ...french, ...traceTexts.fr });
    i18n.addResourceBundle("en", "callTrace", { ...english, ...traceTexts.en });
  }
  const api = useMemo(() => createClient({ baseUrl: "", fetch: (...asked) => fetch(...asked), language }), [language]);
  const [staff, setStaff] = useState<Staff>("asking");
  useEffect(() => {
    void whoLooks(api).then(setStaff);
  }, [api]);
  useEffect(() => {
    document.title = `${t("title")} · Cordboard`;
  }, [t]);

  const ways = useWaysIn(api.call);
  /** It does not end an operator's session in the same browser. */
  const enter = async (asked: Promise<ApiResult<SignedInUser>>) => {
    const answer = await asked;
    if (!answer.ok) return answer.error;
    setStaff({ signedIn: answer.value, zone: await companyZone(api) });
    return null;
  };

  if (staff === "asking") return <Loading />;
  if (staff === null) {
    return (
      <StaffSignIn
        title={t("signIn.title")}
        words={t("signIn.words")}
        page="calls"
        ways={ways}
        signIn={(body) => enter(api.call("session.signIn", { body }))}
        redeem={(ticket) => enter(api.call("session.redeem", { body: { ...ticket } }))}
        foot={{ language, onLanguage, elsewhere: { label: t("toDesk"), href: "#desk" } }}
      />
    );
  }
  const callId = hash.split("/")[1];
  const form = { language, timeZone: staff.zone };
  const mayRead = ["admin", "supervisor"].includes(staff.signedIn.role);
  const onSessionOver = () => setStaff(null);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <a href="#desk" className={styles.home} aria-label={t("toDesk")} title={t("toDesk")}>
          <Logo name size={20} />
        </a>
        <span className={styles.who}>
          {staff.signedIn.user.name} · {staff.signedIn.company.name}
        </span>
        <LanguageSwitch value={language} onChange={onLanguage} />
        <Button kind="quiet" icon={LogOut} onClick={() => void api.call("session.signOut").then(() => setStaff(null))}>
          {t("signOut")}
        </Button>
      </header>
      <main className={styles.main}>
        {!mayRead ? (
          <EmptyState icon={ShieldX} title={t("notAllowed")} />
        ) : callId === undefined || callId === "" ? (
          <CallList api={api} form={form} onSessionOver={onSessionOver} />
        ) : (
          <CallDetails key={callId} api={api} callId={callId} form={form} onSessionOver={onSessionOver} />
        )}
      </main>
    </div>
  );
}

async function whoLooks(api: ApiClient): Promise<Staff> {
  const answer = await api.call("session.get");
  return answer.ok ? { signedIn: answer.value, zone: await companyZone(api) } : null;
}

/** Times are told in the company's zone; the browser's is the next best. */
async function companyZone(api: ApiClient): Promise<string> {
  const company = await api.call("company.get");
  return company.ok ? company.value.timeZone : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
