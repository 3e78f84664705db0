import type { OutputOf, Routes } from "@cordboard/api";
import { Button, EmptyState, useUiLanguage } from "@cordboard/ui";
import { type DataColumn, DataTable, showToast } from "@cordboard/ui/pages";
import { Replace, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useMay } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { PlayButton } from "../../widgets/sound/play-button.tsx";
import { ListLayout, SearchField, useCsvExport, useListAddress } from "../listing/index.ts";
import { textIn } from "./prompt-fields.tsx";
import { usePrompts } from "./queries.ts";

type BuiltIn = OutputOf<Routes["prompts.builtIn"]>["items"][number];

/** The announcements that ship with the product: heard as they are, or in the company's own words. */
export function BuiltInPage() {
  const { t } = useTranslation("prompts");
  const { t: common } = useTranslation("listing");
  const screen = useUiLanguage();
  const may = useMay();
  const address = useListAddress();
  const toCsv = useCsvExport(t("builtIn"));
  const navigate = useNavigate();
  const prompts = usePrompts();
  const builtIn = useApiQuery("prompts.builtIn", {});
  const replace = async ({ name, texts }: BuiltIn) => {
    const answer = await prompts.create({ name, texts, replaces: name });
    if (answer.ok) await navigate(`/prompts/${answer.value.promptId}`);
    else showToast(`${answer.error.message} ${answer.error.remedy}`, { kind: "error" });
  };
  const soundOf = ({ audio }: BuiltIn) =>
    Object.entries(audio).find(([language]) => language.startsWith(screen))?.[1] ?? Object.values(audio)[0];
  const columns: readonly DataColumn<BuiltIn>[] = [
    { id: "text", header: t("text"), value: ({ texts, name }) => textIn(texts, screen) ?? name },
    { id: "name", header: t("name"), value: ({ name }) => name, spare: true },
    {
      id: "hear",
      header: t("heard"),
      sortable: false,
      value: () => null,
      text: null,
      cell: (row) => {
        const sound = soundOf(row);
        return sound === undefined ? t("notRecorded") : <PlayButton url={`/media/${sound.sha256}.wav`} />;
      },
    },
    {
      id: "own",
      header: t("own"),
      value: ({ replacedBy }) => replacedBy !== null,
      text: ({ replacedBy }) => (replacedBy === null ? null : t("replaced")),
      cell: (row) =>
        row.replacedBy !== null ? (
          <Link to={`/prompts/${row.replacedBy}`}>{t("replaced")}</Link>
        ) : (
          may("write", "prompts") && (
            <Button icon={Replace} onClick={() => void replace(row)}>
              {t("replace")}
            </Button>
          )
        ),
    },
  ];
  return (
    <ListLayout
      header={<PageHeader title={t("builtIn")} words={t("builtInWords")} />}
      tools={
        <>
          <SearchField value={address.search} onChange={address.setSearch} />
          <Link to="/prompts">{t("toOwn")}</Link>
        </>
      }
    >
      <QueryView query={builtIn}>
        {({ items }) => (
          <DataTable
            label={t("builtIn")}
            rows={items}
            columns={columns}
            rowId={({ name }) => name}
            sort={address.sort}
            onSort={address.setSort}
            search={address.search}
            page={address.page}
            onPage={address.setPage}
            onExport={toCsv}
            empty={
              <EmptyState
                icon={SearchX}
                title={common("notFound")}
                action={<Button onClick={() => address.setSearch("")}>{common("showAll")}</Button>}
              />
            }
          />
        )}
      </QueryView>
    </ListLayout>
  );
}
