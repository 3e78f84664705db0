import { type EverydayMark, everydayKind, type FlowNode } from "@cordboard/flow-schema";
import { IconButton, TextField } from "@cordboard/ui";
import { SlidersHorizontal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { DurationWidget } from "../../../widgets/duration-widget.tsx";
import { NumberWidget } from "../../../widgets/number-widget.tsx";
import { typeOf } from "../model/node-facts.ts";
import { useEditor } from "../store/editor-context.tsx";
import styles from "./everyday-mark.module.css";

/** Whether the switch is there: where an author may use it, or has. */
export function canBeEveryday(node: FlowNode, setting: string, readOnly: boolean): boolean {
  if (everydayKind(typeOf(node)?.config, setting) === null) return false;
  return !readOnly || Object.hasOwn(node.everyday ?? {}, setting);
}

/** Beside a setting that can be everyday: the switch that makes it so, and what it is then called for whoever changes it. */
export function EverydayMarkOf({ node, setting, label }: { node: FlowNode; setting: string; label: string }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { readOnly } = editor;
  const kind = everydayKind(typeOf(node)?.config, setting);
  const marks = node.everyday ?? {};
  const mark = Object.hasOwn(marks, setting) ? marks[setting] : undefined;
  if (!kind) return null;
  const set = (next: EverydayMark | null, key?: string) =>
    editor.run("everyday", [{ type: "markEveryday", id: node.id, setting, mark: next }], {
      ...(key !== undefined && { mergeKey: `everyday ${node.id} ${setting} ${key}` }),
    });
  const change = (changes: Partial<EverydayMark>, key: string) => mark && set({ ...mark, ...changes }, key);
  const limit = (which: "minimum" | "maximum") => {
    if (!mark) return null;
    const { [which]: value, ...rest } = mark;
    const Widget = kind.kind === "duration" ? DurationWidget : NumberWidget;
    return (
      <Widget
        pointer={`/everyday/${setting}/${which}`}
        label={t(`everyday.${which}`)}
        value={value ?? null}
        schema={{ type: "integer", minimum: kind.minimum ?? 0 }}
        optional
        problem={undefined}
        onChange={(next) => set(typeof next === "number" ? { ...rest, [which]: next } : rest, which)}
      />
    );
  };
  return (
    <>
      <IconButton
        className={styles.switch}
        icon={SlidersHorizontal}
        label={t(mark ? "everyday.unmark" : "everyday.mark", { setting: label })}
        aria-pressed={mark !== undefined}
        disabled={readOnly}
        onClick={() => set(mark ? null : { label: label.slice(0, 120) })}
      />
      {mark && (
        <div className={styles.mark}>
          <TextField
            label={t("everyday.label")}
            hint={t("everyday.labelHint")}
            value={mark.label}
            maxLength={120}
            readOnly={readOnly}
            onChange={(event) => event.target.value !== "" && change({ label: event.target.value }, "label")}
          />
          <TextField
            label={t("everyday.help")}
            value={mark.help ?? ""}
            maxLength={500}
            readOnly={readOnly}
            onChange={(event) => {
              const { help: _, ...rest } = mark;
              set(event.target.value === "" ? rest : { ...rest, help: event.target.value }, "help");
            }}
          />
          {(kind.kind === "duration" || kind.kind === "number") && (
            <>
              {limit("minimum")}
              {limit("maximum")}
            </>
          )}
        </div>
      )}
    </>
  );
}
