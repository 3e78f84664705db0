import type { Finding } from "@cordboard/flow-schema";
import { Notice, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { typesetFinding } from "../language/typeset-finding.ts";

/** Why a file is no flow: the first thing that is wrong with it, where in the file, and how many more there are. */
export function FileFindings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation("widgets");
  const language = useUiLanguage();
  const [first] = findings;
  if (!first) return null;
  return (
    <Notice kind="error">
      {typesetFinding(first.message[language], language)}
      {first.pointer !== "" && ` ${t("file.place", { place: first.pointer })}`}
      {findings.length > 1 && ` ${t("file.more", { count: findings.length - 1 })}`}
    </Notice>
  );
}
