import { type Contact, isAllowed } from "@cordboard/api";
import { Button, EmptyState, Icon, PhoneNumber, Select } from "@cordboard/ui";
import { type DataColumn, DataTable } from "@cordboard/ui/pages";
import { Ban, BookUser, Download, FileUp, Plus, SearchX, Star } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { ListLayout, SearchField, useListAddress } from "../listing/index.ts";
import styles from "./contact-list.module.css";
import { ContactPanel } from "./contact-panel.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { type ContactFilter, useContacts } from "./queries.ts";

const kinds = ["all", "blocked", "vip"] as const;

/** The list, searched by the server, and beside it the contact that is open. */
export function ContactList({ open }: { open: string | null }) {
  const { t } = useTranslation("contacts");
  const { role, queueIds } = useSignedIn();
  const navigate = useNavigate();
  const address = useListAddress();
  const [importing, setImporting] = useState(false);
  const kind = kinds.find((each) => each === address.get("kind")) ?? "all";
  const contacts = useContacts(filterOf(address.search.trim(), kind));
  const mayWrite = isAllowed(role, "write", "contacts");
  const create = (
    <Button kind="primary" icon={Plus} onClick={() => navigate(`/contacts/new${address.query}`)}>
      {t("new")}
    </Button>
  );
  const nothing =
    address.search === "" && kind === "all" ? (
      <EmptyState icon={BookUser} title={t("none")} action={mayWrite ? create : undefined}>
        {t("noneWords")}
      </EmptyState>
    ) : (
      <EmptyState
        icon={SearchX}
        title={t("notFound")}
        action={<Button onClick={() => address.set({ q: "", kind: "" })}>{t("showAll")}</Button>}
      />
    );
  return (
    <>
      <ListLayout
        header={
          <PageHeader
            title={t("title")}
            words={t("words")}
            actions={
              mayWrite && (
                <>
                  {queueIds === null && (
                    <>
                      <Button icon={FileUp} onClick={() => setImporting(true)}>
                        {t("import")}
                      </Button>
                      <a className={styles.download} href="/api/contacts/export" download>
                        <Icon as={Download} /> {t("export")}
                      </a>
                    </>
                  )}
                  {create}
                </>
              )
            }
          />
        }
        tools={
          <>
            <Search address={address} />
            <Select
              label={t("show")}
              options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
              value={kind}
              onChange={(chosen) => address.set({ kind: chosen === "all" ? "" : chosen })}
            />
          </>
        }
        {...(open !== null && { panel: <ContactPanel key={open} open={open} mayWrite={mayWrite} /> })}
      >
        <QueryView query={contacts}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            return (
              <DataTable
                label={t("title")}
                rows={rows}
                columns={columnsOf(t, address.query)}
                rowId={(contact) => contact.contactId}
                sort={null}
                onSort={() => undefined}
                pageSize={Math.max(1, rows.length)}
                current={open}
                empty={nothing}
              />
            );
          }}
        </QueryView>
        {contacts.hasNextPage && (
          <Button kind="quiet" wide busy={contacts.isFetchingNextPage} onClick={() => void contacts.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </ListLayout>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  );
}

function filterOf(search: string, kind: (typeof kinds)[number]): ContactFilter {
  return {
    ...(search !== "" && { search }),
    ...(kind === "blocked" && { blocked: true }),
    ...(kind === "vip" && { vip: true }),
  };
}

/** The server is asked when one has stopped typing. */
function Search({ address }: { address: ReturnType<typeof useListAddress> }) {
  const { t } = useTranslation("contacts");
  const { search, setSearch } = address;
  const [written, setWritten] = useState(search);
  useEffect(() => setWritten(search), [search]);
  useEffect(() => {
    if (written === search) return;
    const waiting = setTimeout(() => setSearch(written), 250);
    return () => clearTimeout(waiting);
  }, [written, search, setSearch]);
  return <SearchField label={t("search")} value={written} onChange={setWritten} />;
}

function columnsOf(t: (key: string) => string, query: string): readonly DataColumn<Contact>[] {
  return [
    {
      id: "name",
      header: t("name"),
      sortable: false,
      value: (contact) => contact.name,
      cell: (contact) => (
        <span className={styles.name}>
          <Link to={`/contacts/${contact.contactId}${query}`}>{contact.name}</Link>
          {contact.vip && (
            <span className={styles.vip}>
              <Icon as={Star} /> {t("vip")}
            </span>
          )}
          {contact.blocked && (
            <span className={styles.blocked}>
              <Icon as={Ban} /> {t("isBlocked")}
            </span>
          )}
        </span>
      ),
    },
    { id: "company", header: t("company"), sortable: false, value: (contact) => contact.company },
    {
      id: "numbers",
      header: t("numbers"),
      sortable: false,
      value: (contact) => contact.numbersText.join(", "),
      cell: (contact) => (
        <span className={styles.numbers}>
          {contact.numbersText.map((number) => (
            <PhoneNumber key={number} text={number} />
          ))}
        </span>
      ),
    },
    {
      id: "customer",
      header: t("customerNumber"),
      sortable: false,
      value: (contact) => contact.customerNumber,
      spare: true,
    },
  ];
}
