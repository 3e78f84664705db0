import { Button, IconButton } from "@cordboard/ui";
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useForm } from "./form-context.ts";
import { freshListId } from "./fresh-list-id.ts";
import styles from "./group.module.css";
import { firstValue, type Shape, shapeOf } from "./schema-shape.ts";
import { useSettingWorld } from "./setting-context.ts";
import type { WidgetProps } from "./widget-props.ts";

type Props = WidgetProps & { path: string; shape: Extract<Shape, { kind: "list" }> };

/** Several of the same: added, removed, put in another order. Elements with an id keep it, so that connections stay where they are. */
export function ListWidget({ shape, path, pointer, label, value, problem, onChange }: Props) {
  const { t } = useTranslation("widgets");
  const { readOnly, addPrompt } = useSettingWorld();
  const { Members, Setting } = useForm();
  const title = useId();
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  const ofObjects = shapeOf(shape.items).kind === "object";
  const add = () => {
    if (shape.items.format === "prompt") {
      addPrompt({ texts: {} }, (id) => ({ pointer, value: [...elements, id] }));
      return;
    }
    onChange([
      ...elements,
      suggestKey(
        firstValue(shape.items, () => freshListId(elements)),
        elements,
      ),
    ]);
  };
  const move = (from: number, to: number) => {
    const moved = [...elements];
    moved.splice(to, 0, ...moved.splice(from, 1));
    onChange(moved);
  };
  return (
    <fieldset className={styles.group} aria-labelledby={title}>
      <span className={styles.title} id={title}>
        {label}
      </span>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {elements.length > 0 && (
        <ol className={styles.items}>
          {elements.map((element, index) => (
            <li className={styles.item} key={keyOf(element, index)}>
              <div className={styles.tools}>
                <span>{index + 1}</span>
                {!readOnly && (
                  <span>
                    <IconButton
                      icon={ArrowUp}
                      label={t("list.up", { number: index + 1 })}
                      disabled={index === 0}
                      onClick={() => move(index, index - 1)}
                    />
                    <IconButton
                      icon={ArrowDown}
                      label={t("list.down", { number: index + 1 })}
                      disabled={index === elements.length - 1}
                      onClick={() => move(index, index + 1)}
                    />
                    <IconButton
                      icon={X}
                      label={t("list.remove", { number: index + 1 })}
                      disabled={elements.length <= shape.least}
                      onClick={() => onChange(elements.filter((_, at) => at !== index))}
                    />
                  </span>
                )}
              </div>
              {ofObjects ? (
                <Members schema={shape.items} value={element} pointer={`${pointer}/${index}`} path={path} />
              ) : (
                <Setting schema={shape.items} value={element} pointer={`${pointer}/${index}`} path={path} />
              )}
            </li>
          ))}
        </ol>
      )}
      {!readOnly && elements.length < shape.most && (
        <div>
          <Button kind="quiet" icon={Plus} onClick={add}>
            {t("list.add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function keyOf(element: unknown, index: number): string {
  const id: unknown = typeof element === "object" && element !== null ? Reflect.get(element, "id") : undefined;
  return typeof id === "string" && id !== "" ? `${id}` : String(index);
}

/** The next key of the telephone that no other element has. */
function suggestKey(element: unknown, others: readonly unknown[]): unknown {
  if (typeof element !== "object" || element === null || Reflect.get(element, "digit") !== "") return element;
  const taken = new Set(
    others.map((one) => (typeof one === "object" && one !== null ? Reflect.get(one, "digit") : "")),
  );
  return { ...element, digit: [..."1234567890*#"].find((digit) => !taken.has(digit)) ?? "" };
}
