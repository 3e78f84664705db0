import { replaceCommands, replacements, type TextSearch } from "@cordboard/flow-schema";
import { Button, Checkbox, IconButton, TextField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import { HitList } from "./hit-list.tsx";
import styles from "./search.module.css";
import { nextHit, type SearchHit } from "./searched.ts";
import { useReveal } from "./use-reveal.ts";
import { useFoundMarks, useSearch } from "./use-search.ts";

/** Beside the drawing: everything that the flow says and sets, searched by words, and written otherwise. */
export function SearchPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("search");
  const { editor } = useEditor();
  const [words, setWords] = useState("");
  const [exactly, setExactly] = useState(false);
  const [wholeWords, setWholeWords] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const search = useMemo((): TextSearch => ({ words, exactly, wholeWords }), [words, exactly, wholeWords]);
  const groups = useSearch(search);
  const hits = useMemo(() => groups.flatMap((group) => group.hits), [groups]);
  const current = hits.find(({ place }) => place.pointer === at);
  const reveal = useReveal();
  useFoundMarks(groups, current);
  useEffect(() => field.current?.focus(), []);
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another place is the current one
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current?.place.pointer]);
  const go = (hit: SearchHit | undefined, focus = false) => {
    if (!hit) return;
    setAt(hit.place.pointer);
    reveal(hit, focus);
  };
  return (
    <aside
      className={styles.panel}
      aria-label={t("title")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <header className={styles.header}>
        <h2 className={styles.heading}>{t("title")}</h2>
        <IconButton icon={X} label={t("close")} onClick={onClose} />
      </header>
      <div className={styles.body}>
        <div className={styles.field}>
          <TextField
            ref={field}
            label={t("words")}
            type="search"
            data-slot-focus=""
            autoComplete="off"
            spellCheck={false}
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
              setAt(null);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              event.preventDefault();
              go(nextHit(hits, at, event.shiftKey ? -1 : 1));
            }}
          />
          <IconButton
            icon={ChevronUp}
            label={t("previous")}
            disabled={hits.length === 0}
            onClick={() => go(nextHit(hits, at, -1))}
          />
          <IconButton
            icon={ChevronDown}
            label={t("next")}
            disabled={hits.length === 0}
            onClick={() => go(nextHit(hits, at, 1))}
          />
        </div>
        <div>
          <Checkbox label={t("exactly")} checked={exactly} onChange={(event) => setExactly(event.target.checked)} />
          <Checkbox
            label={t("wholeWords")}
            checked={wholeWords}
            onChange={(event) => setWholeWords(event.target.checked)}
          />
        </div>
        {!editor.readOnly && (
          <Replace search={search} hits={hits} current={current} onReplaced={() => go(nextHit(hits, at, 1))} />
        )}
        <p className={styles.count} role="status">
          {words === "" ? t("intro") : hits.length === 0 ? t("none") : countOf()}
        </p>
        <div className={styles.found} ref={list}>
          <HitList groups={groups} current={current} onChoose={(hit) => go(hit, true)} />
        </div>
      </div>
    </aside>
  );

  function countOf(): string {
    const count = hits.reduce((sum, { ranges }) => sum + ranges.length, 0);
    return current ? t("found.at", { at: hits.indexOf(current) + 1, of: hits.length }) : t("found", { count });
  }
}

/** Other words in place of what is found: at the place where one is, or at all of them as one step. */
function Replace({
  search,
  hits,
  current,
  onReplaced,
}: {
  search: TextSearch;
  hits: readonly SearchHit[];
  current: SearchHit | undefined;
  onReplaced: () => void;
}) {
  const { t } = useTranslation("search");
  const { editor } = useEditor();
  const document = useEditorState((state) => state.document);
  const [by, setBy] = useState("");
  const replace = (chosen: readonly SearchHit[]) => {
    const { changes, kept } = replacements(
      document,
      // What the company has is found by its name, which is changed on its own page.
      chosen.flatMap(({ place }) => (place.holds === "reference" ? [] : place)),
      search,
      by,
    );
    if (changes.length > 0) {
      const subject = { kind: "named", name: `${search.words} → ${by}` } as const;
      editor.run("replace", replaceCommands(document, changes), { subject });
    }
    const left = kept.length + chosen.filter(({ place }) => place.holds === "reference").length;
    const told = [t("replaced", { count: changes.length }), ...(left > 0 ? [t("kept", { count: left })] : [])];
    showToast(told.join(" "));
  };
  return (
    <details className={styles.replace}>
      <summary>{t("replace")}</summary>
      <div className={styles.by}>
        <TextField
          label={t("by")}
          autoComplete="off"
          spellCheck={false}
          value={by}
          onChange={(event) => setBy(event.target.value)}
        />
        <div className={styles.buttons}>
          <Button
            disabled={!current}
            onClick={() => {
              if (!current) return;
              replace([current]);
              onReplaced();
            }}
          >
            {t("replace.here")}
          </Button>
          <Button disabled={hits.length === 0} onClick={() => replace(hits)}>
            {t("replace.all")}
          </Button>
        </div>
        <p className={styles.quiet}>{t("replace.words")}</p>
      </div>
    </details>
  );
}
