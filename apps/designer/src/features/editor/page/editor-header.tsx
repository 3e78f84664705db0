import { isAllowed, type PlannedVersion } from "@cordboard/api";
import { Button, classNames, formatDateTime, formatTime, Icon, IconButton } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import {
  CalendarClock,
  Check,
  CircleAlert,
  CloudOff,
  Ellipsis,
  Eye,
  LoaderCircle,
  type LucideIcon,
  Pencil,
  Redo2,
  Search,
  Settings2,
  Undo2,
} from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStore } from "zustand";
import { useSignedIn } from "../../../app/session-context.tsx";
import { useApiQuery } from "../../../app/use-api-query.ts";
import { useTimeForm } from "../../../app/use-time-form.ts";
import { useOfferedCommands } from "../../commands/index.ts";
import type { EditorDialog } from "../dialogs/editor-dialogs.tsx";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import { CoAuthors } from "../presence/co-authors.tsx";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./editor-header.module.css";
import { openSlot } from "./open-slot.ts";
import { type EditorSlot, keysOf, slotsFor } from "./slots.ts";
import { useStepWords } from "./use-step-words.ts";

type Props = {
  flowId: string;
  version: number | null;
  keeper: DraftKeeper;
  openDialog: (dialog: EditorDialog) => void;
};

/** Which flow this is, whether it is saved, what callers get now, and what one can do with it as a whole. */
export function EditorHeader({ flowId, version, keeper, openDialog }: Props) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { role } = useSignedIn();
  const offered = useOfferedCommands();
  const name = useEditorState(({ document }) => document.name);
  const flow = useApiQuery("flows.get", { params: { flowId } }, { everyMs: 5_000 }).data;
  const past = useEditorState(({ history }) => history.past.at(-1) ?? null);
  const future = useEditorState(({ history }) => history.future.at(-1) ?? null);
  const wordsOf = useStepWords();
  const undo = (step: "undo" | "redo") => {
    const done = editor[step]();
    if (done) showToast(t(step === "undo" ? "undone" : "redone", { what: wordsOf(done) }));
  };
  return (
    <header className={styles.header}>
      <title>{`${name} · Cordboard`}</title>
      <Link className={styles.back} to="/flows">
        {t("app:nav.flows")}
      </Link>
      <span className={styles.slash} aria-hidden="true">
        /
      </span>
      <h1 className={styles.name}>{name}</h1>
      {version === null ? (
        <DraftState keeper={keeper} openDialog={openDialog} />
      ) : (
        <Looking version={version} flowId={flowId} />
      )}
      {flow?.published && (
        <button
          type="button"
          className={classNames(styles.pill, styles.gives)}
          data-tone="ok"
          onClick={() => openDialog({ kind: "versions" })}
        >
          <span className={styles.lamp} aria-hidden="true" />
          <span className={styles.givesWords}>
            {t("serving", { number: flow.published.number })} · {t("liveCalls", { count: flow.liveCalls })}
          </span>
        </button>
      )}
      {flow?.planned && <PlannedPill planned={flow.planned} onPress={() => openDialog({ kind: "versions" })} />}
      <span className={styles.space} />
      <CoAuthors />
      {!editor.readOnly && (
        <>
          <IconButton
            icon={Undo2}
            label={past === null ? t("undo") : t("undoThat", { what: wordsOf(past) })}
            aria-keyshortcuts="Control+Z"
            disabled={past === null}
            onClick={() => undo("undo")}
          />
          <IconButton
            icon={Redo2}
            label={future === null ? t("redo") : t("redoThat", { what: wordsOf(future) })}
            aria-keyshortcuts="Control+Shift+Z"
            disabled={future === null}
            onClick={() => undo("redo")}
          />
        </>
      )}
      <IconButton icon={Search} label={t("find")} aria-keyshortcuts="Control+K" onClick={() => offered.open(true)} />
      {slotsFor(editor.readOnly)
        .filter(({ from }) => from === "header")
        .map((slot) => (
          <SlotButton key={slot.id} slot={slot} openDialog={openDialog} />
        ))}
      <IconButton
        icon={Settings2}
        label={t("flow")}
        onClick={() => editor.openPanel(editor.store.getState().panel === "flow" ? null : "flow")}
      />
      <More openDialog={openDialog} readOnly={editor.readOnly} />
      {!editor.readOnly && isAllowed(role, "write", "flowVersions") && (
        <Button kind="primary" onClick={() => openDialog({ kind: "publish" })}>
          {t("publish")}
        </Button>
      )}
    </header>
  );
}

/** What callers will get from a time on. */
function PlannedPill({ planned, onPress }: { planned: PlannedVersion; onPress: () => void }) {
  const { t } = useTranslation("editor");
  const form = useTimeForm();
  const words = t("plannedFor", { number: planned.number, when: formatDateTime(Date.parse(planned.at), form) });
  return (
    <button
      type="button"
      className={classNames(styles.pill, styles.gives)}
      aria-label={words}
      title={words}
      onClick={onPress}
    >
      <Icon as={CalendarClock} size={14} />
      <span className={styles.givesWords}>{words}</span>
    </button>
  );
}

/** Whether what is drawn is safe. */
function DraftState({ keeper, openDialog }: Pick<Props, "keeper" | "openDialog">) {
  const { t } = useTranslation("editor");
  const state = useStore(keeper.state);
  const form = useTimeForm();
  const icons: Record<typeof state.kind, LucideIcon> = {
    saved: state.kind === "saved" && state.at === null ? Pencil : Check,
    unsaved: Pencil,
    saving: LoaderCircle,
    offline: CloudOff,
    refused: CircleAlert,
    conflict: CircleAlert,
  };
  const words =
    state.kind === "saved" && state.at === null
      ? t("draft")
      : t(`draft.${state.kind}`, { when: state.kind === "saved" ? formatTime(state.at ?? 0, form) : "" });
  const attention = state.kind === "conflict" || state.kind === "refused";
  const pill = (
    <>
      <Icon as={icons[state.kind]} size={14} />
      <span role="status">{words}</span>
    </>
  );
  if (!attention) {
    return (
      <span className={styles.pill} data-tone={state.kind === "offline" ? "warning" : "plain"}>
        {pill}
      </span>
    );
  }
  return (
    <button type="button" className={styles.pill} data-tone="danger" onClick={() => openDialog({ kind: "conflict" })}>
      {pill}
    </button>
  );
}

function Looking({ version, flowId }: { version: number; flowId: string }) {
  const { t } = useTranslation("editor");
  return (
    <span className={styles.pill} data-tone="warning">
      <Icon as={Eye} size={14} />
      {t("looking", { number: version })} <Link to={`/flows/${flowId}`}>{t("toDraft")}</Link>
    </span>
  );
}

function SlotButton({ slot, openDialog }: { slot: EditorSlot; openDialog: Props["openDialog"] }) {
  const { t } = useTranslation(slot.id);
  const { editor } = useEditor();
  const isOpen = useEditorState(({ side }) => side === slot.id);
  return (
    <IconButton
      icon={slot.icon}
      label={t("title")}
      aria-pressed={slot.kind === "side" ? isOpen : undefined}
      aria-keyshortcuts={keysOf(slot)?.join("+")}
      onClick={() => openSlot(slot, editor, openDialog)}
    />
  );
}

const more = ["versions", "import", "export", "shortcuts"] as const;

function More({ openDialog, readOnly }: { openDialog: Props["openDialog"]; readOnly: boolean }) {
  const slots = slotsFor(readOnly).filter(({ from }) => from === "menu");
  const { t } = useTranslation(["editor", ...slots.map(({ id }) => id)]);
  const { editor } = useEditor();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const outside = (event: Event) => {
      if (event.target instanceof Node && !details.current?.contains(event.target))
        details.current?.removeAttribute("open");
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, []);
  return (
    <details
      className={styles.more}
      ref={details}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        details.current?.removeAttribute("open");
        details.current?.querySelector("summary")?.focus();
      }}
    >
      <summary className={styles.moreButton} aria-label={t("more")} title={t("more")}>
        <Icon as={Ellipsis} />
      </summary>
      <ul className={styles.menu}>
        {slots.map((slot) => (
          <li key={slot.id}>
            <button
              type="button"
              className={styles.choice}
              onClick={() => {
                details.current?.removeAttribute("open");
                openSlot(slot, editor, openDialog);
              }}
            >
              {t(`${slot.id}:title`)}
            </button>
          </li>
        ))}
        {more
          .filter((kind) => !readOnly || kind !== "import")
          .map((kind) => (
            <li key={kind}>
              <button
                type="button"
                className={styles.choice}
                onClick={() => {
                  details.current?.removeAttribute("open");
                  openDialog(kind === "import" ? { kind, text: null } : { kind });
                }}
              >
                {t(`more.${kind}`)}
              </button>
            </li>
          ))}
      </ul>
    </details>
  );
}
