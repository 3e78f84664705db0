import { EmptyState, Loading } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Compass } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { EditPanel } from "./edit-panel.tsx";
import { FormSections } from "./form-section.tsx";
import type { FormProblem } from "./resource.ts";
import type { Listed, ResourcePageProps } from "./resource-page-props.ts";
import { useDraft } from "./use-draft.ts";
import { useListAddress } from "./use-list-address.ts";
import { UsedWhere } from "./used-where.tsx";

type PanelProps<Item extends Listed, Fields extends object> = ResourcePageProps<Item, Fields> & {
  open: string;
  mayWrite: boolean;
};

/** What is open: an item of the list, or a new one. */
export function ItemPanel<Item extends Listed, Fields extends object>(props: PanelProps<Item, Fields>) {
  const { open, resource, path, base = path } = props;
  const { t } = useTranslation("listing");
  const { query } = useListAddress();
  if (open === "new") return <ItemForm {...props} item={null} />;
  const { data } = resource.list;
  if (data === undefined) return resource.list.isPending ? <Loading /> : null;
  const item = data.items.find((each) => resource.idOf(each) === open);
  if (item === undefined) {
    return <EmptyState icon={Compass} title={t("gone")} action={<Link to={`/${base}${query}`}>{t("toList")}</Link>} />;
  }
  return <ItemForm {...props} item={item} />;
}

/**
 * Places of what was created in this tab and is not open yet. Its own form says that it was created: as long as the form of a new one stands
 * there, what one does in it would be lost with it.
 */
const justCreated = new Set<string>();

function ItemForm<Item extends Listed, Fields extends object>(props: PanelProps<Item, Fields> & { item: Item | null }) {
  const { path, base = path, resource, item, mayWrite, blank, Fields, Extra } = props;
  const { t } = useTranslation(path);
  const { t: common } = useTranslation("listing");
  const navigate = useNavigate();
  const { query } = useListAddress();
  const place = `${base}/${props.open}`;
  const draft = useDraft(place, item === null ? blank : resource.fieldsOf(item));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FormProblem>(null);
  const close = () => void navigate(`/${base}${query}`);
  const name = item?.name ?? "";
  useEffect(() => {
    if (justCreated.delete(place)) showToast(common("created", { name }));
  }, [place, name, common]);

  const save = async () => {
    setBusy(true);
    const answer = item === null ? await resource.create(draft.fields) : await resource.change(item, draft.fields);
    setBusy(false);
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    draft.discard();
    if (item !== null) {
      showToast(common("saved", { name: answer.value.name }));
      return;
    }
    const created = `${base}/${resource.idOf(answer.value)}`;
    justCreated.add(created);
    await navigate(`/${created}${query}`, { replace: true });
  };

  const remove = async (deleted: Item) => {
    setBusy(true);
    const answer = await resource.remove(deleted);
    setBusy(false);
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    draft.discard();
    close();
    const { bringBack } = resource;
    const { name } = deleted;
    const undo = async (back: NonNullable<typeof bringBack>) => {
      const made = await back(deleted);
      if (made.ok) showToast(common("back", { name }));
      else showToast(common("notBack", { name, why: made.error.message }), { kind: "error" });
    };
    showToast(
      common("deleted", { name }),
      bringBack === undefined ? {} : { action: { label: common("undo"), onSelect: () => void undo(bringBack) } },
    );
  };

  return (
    <EditPanel
      title={item === null ? t("newTitle") : item.name}
      onSave={mayWrite ? () => void save() : undefined}
      onDelete={mayWrite && item !== null ? () => void remove(item) : undefined}
      askBeforeDeleting={
        resource.bringBack === undefined && item !== null ? t("askDelete", { name: item.name }) : undefined
      }
      onClose={close}
      onDiscard={draft.discard}
      dirty={draft.dirty}
      found={draft.found}
      busy={busy}
      problem={problem}
      onForgetProblem={() => setProblem(null)}
      saveLabel={item === null ? common("create") : undefined}
    >
      <Fields fields={draft.fields} set={draft.set} item={item} />
      {item !== null && props.usedKind !== undefined && (
        <FormSections>
          <UsedWhere kind={props.usedKind} id={resource.idOf(item)} />
        </FormSections>
      )}
      {item !== null && Extra !== undefined && <Rest key={path} draw={Extra} item={item} />}
    </EditPanel>
  );
}

/**
 * What else a page shows of an item. Pages give it anew at each drawing: as a component of its own it would be another one each time, and
 * whoever just ticked something in it by keyboard would lose their place.
 */
function Rest<Item>({ draw, item }: { draw: (props: { readonly item: Item }) => ReactNode; item: Item }) {
  return draw({ item });
}
