import { isAllowed, type Resource as ResourceName } from "@cordboard/api";
import { Button, EmptyState } from "@cordboard/ui";
import { type DataColumn, DataTable } from "@cordboard/ui/pages";
import { type LucideIcon, Plus, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, Route, Routes, useNavigate, useParams } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { ItemPanel } from "./item-panel.tsx";
import { ListLayout } from "./list-layout.tsx";
import type { Resource } from "./resource.ts";
import { SearchField } from "./search-field.tsx";
import { useListAddress } from "./use-list-address.ts";

type Listed = { readonly rev: number; readonly name: string };

export type FieldsProps<Item, Fields> = {
  readonly fields: Fields;
  readonly set: (changes: Partial<Fields>) => void;
  /** Null while it is being created. */
  readonly item: Item | null;
};

export type ResourcePageProps<Item extends Listed, Fields extends object> = {
  /** The page's path, its namespace of texts, and the first part of its address. */
  readonly path: string;
  /** The address, where it is not the path. */
  readonly base?: string;
  readonly resourceName: ResourceName;
  readonly resource: Resource<Item, Fields>;
  readonly icon: LucideIcon;
  /** Texts of the page's namespace: title, words, new, newTitle, none, noneWords; and askDelete where nothing can be brought back. */
  readonly columns: readonly DataColumn<Item>[];
  readonly blank: Fields;
  readonly Fields: (props: FieldsProps<Item, Fields>) => ReactNode;
  /** Drawn above the list: what belongs to the whole page. */
  readonly above?: ReactNode;
  /** The form takes the whole page. */
  readonly wide?: boolean;
  /** More of what is open, below its fields: what works at once and is not saved with them. */
  readonly Extra?: (props: { readonly item: Item }) => ReactNode;
};

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
  const { role } = useSignedIn();
  const navigate = useNavigate();
  const address = useListAddress();
  const mayWrite = isAllowed(role, "write", resourceName);
  const toNew = `/${base}/new${address.query}`;
  const create = (
    <Button kind="primary" icon={Plus} onClick={() => navigate(toNew)}>
      {t("new")}
    </Button>
  );
  const nothing =
    address.search === "" ? (
      <EmptyState icon={icon} title={t("none")} action={mayWrite && open !== "new" ? create : undefined}>
        {t("noneWords")}
      </EmptyState>
    ) : (
      <EmptyState
        icon={SearchX}
        title={common("notFound")}
        action={<Button onClick={() => address.setSearch("")}>{common("showAll")}</Button>}
      />
    );
  return (
    <ListLayout
      header={<PageHeader title={t("title")} words={t("words")} actions={mayWrite ? create : undefined} />}
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
            rows={items}
            columns={[
              linked(columns[0], (item) => `/${base}/${resource.idOf(item)}${address.query}`),
              ...columns.slice(1),
            ]}
            rowId={resource.idOf}
            sort={address.sort}
            onSort={address.setSort}
            search={address.search}
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
