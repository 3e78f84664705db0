import type { LibraryPrompt, LibraryPromptFields } from "@cordboard/api";
import { Icon, Select } from "@cordboard/ui";
import { MessageSquareQuote, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, Route, Routes } from "react-router";
import { useApiQuery } from "../../app/use-api-query.ts";
import { languageName, ResourcePage, useListAddress } from "../listing/index.ts";
import { BuiltInPage } from "./built-in-page.tsx";
import { changedLanguages, isShown, missingLanguages, promptFilters, troubles } from "./missing-languages.ts";
import { PromptFieldsForm, textIn } from "./prompt-fields.tsx";
import styles from "./prompts.module.css";
import { useAnnouncements, usePrompts, usePromptUses } from "./queries.ts";
import { UsedIn } from "./used-in.tsx";

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
  const address = useListAddress();
  const company = useApiQuery("company.get", {});
  const uses = usePromptUses();
  const languages = company.data?.languages ?? [];
  const shown = promptFilters.find((one) => one === address.get("show")) ?? "all";
  const choices = promptFilters.filter((one) => one !== "unused" || uses !== null);
  const unused = (prompt: LibraryPrompt) => prompt.replaces === null && !uses?.has(prompt.promptId);
  const placesIn = ({ promptId }: LibraryPrompt) =>
    (uses?.get(promptId) ?? []).map(({ name, draft }) => (draft ? `${name} ${t("useDraft")}` : name)).join(", ");
  const usedIn = (prompt: LibraryPrompt) => (uses === null ? "" : unused(prompt) ? t("usedNowhere") : placesIn(prompt));
  const missing = useMissingWords();
  return (
    <ResourcePage
      path="prompts"
      resourceName="prompts"
      resource={usePrompts()}
      icon={MessageSquareQuote}
      blank={blank}
      Fields={PromptFieldsForm}
      Extra={({ item }) => <UsedIn promptId={item.promptId} />}
      above={
        <>
          <Select
            label={t("show")}
            options={choices.map((value) => ({ value, label: t(`show.${value}`) }))}
            value={shown}
            onChange={(show) => address.set({ show: show === "all" ? null : show })}
          />
          <Link to="/prompts/built-in">{t("builtIn")}</Link>
        </>
      }
      only={
        shown === "all"
          ? null
          : {
              keeps: (prompt) =>
                shown === "unused" ? uses !== null && unused(prompt) : isShown(prompt, shown, languages),
              clear: () => address.set({ show: null }),
            }
      }
      columns={[
        { id: "name", header: t("name"), value: (prompt) => prompt.name },
        { id: "text", header: t("text"), value: ({ texts }) => Object.values(texts).join(" / ") },
        {
          id: "languages",
          header: t("missing"),
          // The worst first.
          value: (prompt) => -troubles(prompt, languages),
          text: (prompt) => Object.values(missing(prompt)).filter(Boolean).join(" ; ") || t("complete"),
          cell: (prompt) => <Missing prompt={prompt} />,
        },
        {
          id: "uses",
          header: t("usedIn"),
          value: ({ promptId, replaces }) => (uses?.get(promptId) ?? []).length + (replaces === null ? 0 : 1),
          text: usedIn,
          cell: usedIn,
          spare: true,
        },
        { id: "replaces", header: t("replaces"), value: ({ replaces }) => announcement(replaces), spare: true },
      ]}
    />
  );
}

const blank: LibraryPromptFields = { name: "", texts: {}, replaces: null };

/** In which languages callers would not hear it as it was recorded, in words; each is empty where there is none. */
function useMissingWords() {
  const { t, i18n } = useTranslation("prompts");
  const company = useApiQuery("company.get", {});
  const say = (key: string, tags: readonly string[]) =>
    tags.length === 0 ? "" : t(key, { languages: tags.map((tag) => languageName(tag, i18n.language)).join(", ") });
  return (prompt: LibraryPrompt) => {
    const { unheard, unrecorded } = missingLanguages(prompt, company.data?.languages ?? []);
    const changed = say("changedIn", changedLanguages(prompt));
    return { unheard: say("unheardIn", unheard), unrecorded: say("unrecordedIn", unrecorded), changed };
  };
}

function Missing({ prompt }: { prompt: LibraryPrompt }) {
  const { t } = useTranslation("prompts");
  const { unheard, unrecorded, changed } = useMissingWords()(prompt);
  return (
    <>
      {unheard !== "" && (
        <span className={styles.unheard}>
          <Icon as={TriangleAlert} />
          {unheard}
        </span>
      )}
      {unrecorded !== "" && <span className={styles.unrecorded}>{unrecorded}</span>}
      {changed !== "" && (
        <span className={styles.unheard}>
          <Icon as={TriangleAlert} />
          {changed}
        </span>
      )}
      {unheard + unrecorded + changed === "" && t("complete")}
    </>
  );
}
