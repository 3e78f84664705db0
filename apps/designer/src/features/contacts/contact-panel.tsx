import type { Contact, ContactFields } from "@cordboard/api";
import { showToast } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { EditPanel, useDraft, useListAddress } from "../listing/index.ts";
import { ContactFieldsForm } from "./contact-fields.tsx";
import { ContactPin } from "./contact-pin.tsx";
import { refreshes } from "./queries.ts";

type Props = { open: string; mayWrite: boolean };

/** What is open: a contact, or a new one. */
export function ContactPanel({ open, mayWrite }: Props) {
  if (open === "new") return <ContactForm open={open} contact={null} mayWrite={mayWrite} />;
  return <KnownContact open={open} mayWrite={mayWrite} />;
}

function KnownContact({ open, mayWrite }: Props) {
  const contact = useApiQuery("contacts.get", { params: { contactId: open } });
  return (
    <QueryView query={contact}>{(found) => <ContactForm open={open} contact={found} mayWrite={mayWrite} />}</QueryView>
  );
}

function ContactForm({ open, contact, mayWrite }: Props & { contact: Contact | null }) {
  const { t } = useTranslation("contacts");
  const { t: common } = useTranslation("listing");
  const navigate = useNavigate();
  const { query } = useListAddress();
  const create = useApiChange("contacts.create", { refreshes });
  const change = useApiChange("contacts.change", { refreshes });
  const remove = useApiChange("contacts.delete", { refreshes: ["contacts.list"] });
  const draft = useDraft<ContactFields>(`contacts/${open}`, contact === null ? blank : fieldsOf(contact));
  const close = () => void navigate(`/contacts${query}`);
  const fields = { ...draft.fields, numbers: draft.fields.numbers.filter((number) => number.trim() !== "") };

  const save = async () => {
    const answer = contact
      ? await change.run({ params: { contactId: contact.contactId }, body: { ...fields, rev: contact.rev } })
      : await create.run({ body: fields });
    if (!answer.ok) return;
    draft.discard();
    showToast(common(contact ? "saved" : "created", { name: answer.value.name }));
    if (!contact) await navigate(`/contacts/${answer.value.contactId}${query}`, { replace: true });
  };

  const discard = async (deleted: Contact) => {
    const answer = await remove.run({ params: { contactId: deleted.contactId } });
    if (!answer.ok) return;
    draft.discard();
    close();
    const undo = () => void create.run({ body: fieldsOf(deleted) });
    showToast(common("deleted", { name: deleted.name }), { action: { label: common("undo"), onSelect: undo } });
  };

  return (
    <EditPanel
      title={contact?.name ?? t("newTitle")}
      onSave={mayWrite ? () => void save() : undefined}
      onDelete={mayWrite && contact ? () => void discard(contact) : undefined}
      onClose={close}
      onDiscard={draft.discard}
      dirty={draft.dirty}
      found={draft.found}
      busy={create.busy || change.busy || remove.busy}
      problem={create.problem ?? change.problem ?? remove.problem}
      onForgetProblem={() => [create, change, remove].forEach((each) => void each.forget())}
      saveLabel={contact ? undefined : common("create")}
    >
      <ContactFieldsForm fields={draft.fields} set={draft.set} />
      {contact && mayWrite && <ContactPin contact={contact} />}
    </EditPanel>
  );
}

const blank: ContactFields = {
  ...{ name: "", company: "", numbers: [""], language: null, customerNumber: "", vip: false, blocked: false },
  ...{ preferredOperatorId: null, externalIds: [], fields: {}, notes: "" },
};

function fieldsOf({
  contactId: _,
  rev: _rev,
  changedAt: _at,
  hasPin: _pin,
  numbersText,
  ...fields
}: Contact): ContactFields {
  // Numbers are read and written as people write them.
  return { ...fields, numbers: [...numbersText] };
}
