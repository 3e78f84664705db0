import type { LibraryPrompt, LibraryPromptFields } from "@cordboard/api";
import { Icon } from "@cordboard/ui";
import { MessageSquareQuote, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, Route, Routes } from "react-router";
import { useApiQuery } from "../../app/use-api-query.ts";
import { languageName, ResourcePage } from "../listing/index.ts";
import { BuiltInPage } from "./built-in-page.tsx";
import { changedLanguages, missingLanguages } from "./missing-languages.ts";
import { PromptFieldsForm, textIn } from "./prompt-fields.tsx";
import styles from "./prompts.module.css";
import { useAnnouncements, usePrompts } from "./queries.ts";

/** The prompts: the company's own, and the announcements that ship with the product. */
export function Page() {
  return (
    <Routes>
      <Route path="built-in" element={<BuiltInPage />} />
      <Route path="*" element={<OwnPrompts />} />
    </Routes>
  );
}

function OwnPrompts() {
  const { t, i18n } = useTranslation("prompts");
  const announcements = useAnnouncements();
  const announcement = (name: string | null) => {
    const found = announcements.find((one) => one.name === name);
    return (found && textIn(found.texts, i18n.language)) ?? name;
  };
  return (
    <ResourcePage
      path="prompts"
      resourceName="prompts"
      resource={usePrompts()}
      icon={MessageSquareQuote}
      blank={blank}
      Fields={PromptFieldsForm}
      above={<Link to="/prompts/built-in">{t("builtIn")}</Link>}
      columns={[
        { id: "name", header: t("name"), value: (prompt) => prompt.name },
        { id: "text", header: t("text"), value: ({ texts }) => Object.values(texts).join(" / ") },
        {
          id: "languages",
          header: t("missing"),
          value: ({ audio }) => Object.keys(audio).length,
          cell: (prompt) => <Missing prompt={prompt} />,
        },
        { id: "replaces", header: t("replaces"), value: ({ replaces }) => announcement(replaces), spare: true },
      ]}
    />
  );
}

const blank: LibraryPromptFields = { name: "", texts: {}, replaces: null };

/** In which languages callers would not hear it as it was recorded. */
function Missing({ prompt }: { prompt: LibraryPrompt }) {
  const { t, i18n } = useTranslation("prompts");
  const company = useApiQuery("company.get", {});
  const { unheard, unrecorded } = missingLanguages(prompt, company.data?.languages ?? []);
  const changed = changedLanguages(prompt);
  const names = (tags: readonly string[]) => tags.map((tag) => languageName(tag, i18n.language)).join(", ");
  return (
    <>
      {unheard.length > 0 && (
        <span className={styles.unheard}>
          <Icon as={TriangleAlert} />
          {t("unheardIn", { languages: names(unheard) })}
        </span>
      )}
      {unrecorded.length > 0 && (
        <span className={styles.unrecorded}>{t("unrecordedIn", { languages: names(unrecorded) })}</span>
      )}
      {changed.length > 0 && (
        <span className={styles.unheard}>
          <Icon as={TriangleAlert} />
          {t("changedIn", { languages: names(changed) })}
        </span>
      )}
      {unheard.length + unrecorded.length + changed.length === 0 && t("complete")}
    </>
  );
}
