import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp, Download } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useState } from "react";
import { Button } from "../button/button.tsx";
import { classNames } from "../class-names.ts";
import { Icon } from "../icon/icon.tsx";
import { Pager } from "../pager/pager.tsx";
import { useUiLanguage, useUiText } from "../texts/ui-language.tsx";
import { type DataColumn, type DataSort, matchesSearch, type WrittenTable, writtenTable } from "./data-column.ts";
import styles from "./data-table.module.css";

export type DataTableProps<Row extends RowData> = {
  /** What is listed; read aloud. */
  label: string;
  rows: readonly Row[];
  columns: readonly DataColumn<Row>[];
  rowId: (row: Row) => string;
  sort: DataSort | null;
  onSort: (sort: DataSort | null) => void;
  /** Only rows that have these words are shown. */
  search?: string;
  /** The row that is open beside the table. */
  current?: string | null;
  /** What is shown where there is no row, because there is none or none is found. */
  empty?: ReactNode;
  pageSize?: number;
  /** Which page of a long list is shown, where something else keeps it. */
  page?: number;
  onPage?: (page: number) => void;
  /** Offers the whole table, as it is found and sorted, for a file. */
  onExport?: ((table: WrittenTable) => void) | undefined;
  /** Stays a table where the window is narrow, for few and short columns (figures by the hour): otherwise each row becomes a small card. */
  keepsColumns?: boolean;
};

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
});

/**
 * A table that is sorted by its headings and searched by words. The arrow keys go from row to row (to the row's first link), Enter
 * opens it, and a press anywhere in a row is a press on its link. Below it the whole of it may be had as a file. In a narrow window each row becomes a small card, unless it `keepsColumns`.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowId, sort, onSort, search = "", current = null, empty } = props;
  const { pageSize = 50, keepsColumns = false, onExport } = props;
  const language = useUiLanguage();
  const text = useUiText();
  const [ownPage, setOwnPage] = useState(1);
  const { page = ownPage, onPage = setOwnPage } = props;
  const found = useMemo(() => rows.filter((row) => matchesSearch(row, columns, search)), [rows, columns, search]);
  const definitions = useMemo(() => columns.map((column) => definition(column, language)), [columns, language]);
  const sorting = useMemo(() => (sort === null ? [] : [{ id: sort.column, desc: sort.descending }]), [sort]);
  const known = sorting.filter(({ id }) => columns.some((column) => column.id === id));
  const table = useTable({
    features,
    columns: definitions,
    data: found,
    getRowId: rowId,
    state: { sorting: known },
    enableSortingRemoval: true,
  });
  const sorted = table.getRowModel().rows;
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const shownPage = Math.min(page, pages);
  const shown = sorted.slice((shownPage - 1) * pageSize, shownPage * pageSize);
  if (shown.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <>
      <div className={styles.scroll} {...(keepsColumns && { role: "region", tabIndex: 0, "aria-label": label })}>
        <table className={classNames(styles.table, !keepsColumns && styles.folds)} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Heading key={column.id} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={moveByArrows}>
            {shown.map((row) => (
              <tr
                key={row.id}
                className={classNames(styles.row, row.id === current && styles.current)}
                aria-current={row.id === current ? "true" : undefined}
                onClick={pressLink}
              >
                {columns.map((column) => (
                  <td key={column.id} className={cellClass(column)} data-label={column.header}>
                    {column.cell?.(row.original) ?? String(column.value(row.original) ?? "")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={shownPage} pages={pages} onPage={onPage} />
      {onExport !== undefined && (
        <div className={styles.foot}>
          <Button
            kind="quiet"
            icon={Download}
            onClick={() => {
              const found = sorted.map(({ original }) => original);
              onExport(writtenTable(found, columns));
            }}
          >
            {text("exportCsv")}
          </Button>
        </div>
      )}
    </>
  );
}

type HeadingProps<Row extends RowData> = {
  column: DataColumn<Row>;
  sort: DataSort | null;
  onSort: DataTableProps<Row>["onSort"];
};

/** A heading that sorts: upwards, downwards, and as it came. */
function Heading<Row extends RowData>({ column, sort, onSort }: HeadingProps<Row>) {
  const mine = sort?.column === column.id ? sort : null;
  const next =
    mine === null ? { column: column.id, descending: false } : mine.descending ? null : { ...mine, descending: true };
  return (
    <th
      scope="col"
      className={cellClass(column)}
      aria-sort={mine === null ? undefined : mine.descending ? "descending" : "ascending"}
    >
      {column.sortable === false ? (
        column.header
      ) : (
        <button type="button" className={styles.sort} onClick={() => onSort(next)}>
          {column.header}
          <span className={classNames(styles.arrow, mine === null && styles.idle)}>
            <Icon as={mine?.descending ? ArrowDown : ArrowUp} />
          </span>
        </button>
      )}
    </th>
  );
}

function definition<Row extends RowData>(
  column: DataColumn<Row>,
  language: string,
): ColumnDef<typeof features, Row, unknown> {
  const order = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  return {
    id: column.id,
    accessorFn: (row: Row) => column.value(row) ?? undefined,
    enableSorting: column.sortable !== false,
    sortUndefined: "last",
    sortFn: (first, second) => {
      const [one, other] = [column.value(first.original), column.value(second.original)];
      if (typeof one === "number" && typeof other === "number") return one - other;
      return order.compare(String(one ?? ""), String(other ?? ""));
    },
  };
}

function cellClass<Row>(column: DataColumn<Row>): string {
  return classNames(column.align === "end" && styles.end, column.spare === true && styles.spare);
}

const interactive = "a, button, input, select, textarea, label, audio";

function pressLink(event: MouseEvent<HTMLTableRowElement>): void {
  const pressed = event.target instanceof Element ? event.target.closest(interactive) : null;
  if (pressed !== null || getSelection()?.isCollapsed === false) return;
  event.currentTarget.querySelector("a")?.click();
}

function moveByArrows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const from = event.target instanceof Element ? event.target.closest("tr") : null;
  if (!(event.target instanceof HTMLAnchorElement) || from === null) return;
  const rows = [...event.currentTarget.rows];
  const at = rows.indexOf(from);
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const to = places[event.key];
  const link = to === undefined ? undefined : rows[to]?.querySelector("a");
  if (!link) return;
  event.preventDefault();
  link.focus();
}
