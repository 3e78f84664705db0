import { Button, EmptyState } from "@cordboard/ui";
import { type DataColumn, DataTable } from "@cordboard/ui/pages";
import { Plus, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, Route, Routes, useNavigate, useParams } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useMay } from "../../app/session-context.tsx";
import { ItemPanel } from "./item-panel.tsx";
import { ListLayout } from "./list-layout.tsx";
import type { Listed, ResourcePageProps } from "./resource-page-props.ts";
import { SearchField } from "./search-field.tsx";
import { useCsvExport } from "./use-csv-export.ts";
import { useListAddress } from "./use-list-address.ts";

/** A page that lists things, and opens, creates, changes and deletes them beside the list. Everything has an address. */
export function ResourcePage<Item extends Listed, Fields extends object>(props: ResourcePageProps<Item, Fields>) {
  return (
    <Routes>
      <Route index element={<ResourceList {...props} open={null} />} />
      <Route path="new" element={<ResourceList {...props} open="new" />} />
      <Route path=":itemId" element={<OpenedList {...props} />} />
    </Routes>
  );
}

function OpenedList<Item extends Listed, Fields extends object>(props: ResourcePageProps<Item, Fields>) {
  const { itemId = "" } = useParams();
  return <ResourceList {...props} open={itemId} />;
}

type ListProps<Item extends Listed, Fields extends object> = ResourcePageProps<Item, Fields> & {
  /** The item's id, `new`, or null: none. */
  open: string | null;
};

function ResourceList<Item extends Listed, Fields extends object>(props: ListProps<Item, Fields>) {
  const { path, base = path, resourceName, resource, icon, columns, open } = props;
  const { t } = useTranslation(path);
  const { t: common } = useTranslation("listing");
  const may = useMay();
  const navigate = useNavigate();
  const address = useListAddress();
  const toCsv = useCsvExport(t("title"));
  const mayWrite = may("write", resourceName);
  const toNew = `/${base}/new${address.query}`;
  const create = (
    <>
      {props.actions}
      <Button kind="primary" icon={Plus} onClick={() => navigate(toNew)}>
        {t("new")}
      </Button>
    </>
  );
  const showAll = () => {
    address.setSearch("");
    props.only?.clear();
  };
  const nothing =
    address.search === "" && !props.only ? (
      <EmptyState icon={icon} title={t("none")} action={mayWrite && open !== "new" ? create : undefined}>
        {t("noneWords")}
      </EmptyState>
    ) : (
      <EmptyState
        icon={SearchX}
        title={common("notFound")}
        action={<Button onClick={showAll}>{common("showAll")}</Button>}
      />
    );
  return (
    <ListLayout
      header={
        <>
          <PageHeader title={t("title")} words={t("words")} actions={mayWrite ? create : undefined} />
          {props.parts}
        </>
      }
      tools={
        <>
          <SearchField value={address.search} onChange={address.setSearch} />
          {props.above}
        </>
      }
      {...(open !== null && { panel: <ItemPanel key={open} {...props} open={open} mayWrite={mayWrite} /> })}
      panelAlone={props.wide ?? false}
    >
      <QueryView query={resource.list}>
        {({ items }) => (
          <DataTable
            label={t("title")}
            rows={props.only ? items.filter(props.only.keeps) : items}
            columns={[
              linked(columns[0], (item) => `/${base}/${resource.idOf(item)}${address.query}`),
              ...columns.slice(1),
            ]}
            rowId={resource.idOf}
            sort={address.sort}
            onSort={address.setSort}
            search={address.search}
            page={address.page}
            onPage={address.setPage}
            onExport={toCsv}
            current={open}
            empty={nothing}
          />
        )}
      </QueryView>
    </ListLayout>
  );
}

/** The first column leads to its item. */
function linked<Item>(column: DataColumn<Item> | undefined, to: (item: Item) => string): DataColumn<Item> {
  if (column === undefined) throw new Error("bug: a list without columns");
  return {
    ...column,
    cell: (item) => <Link to={to(item)}>{column.cell?.(item) ?? String(column.value(item) ?? "")}</Link>,
  };
}
