import { ChevronDown } from "lucide-react";
import type { KeyboardEvent } from "react";
import { ComboBox as AriaComboBox, Button, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { AriaLanguage } from "../aria/aria-language.tsx";
import { classNames } from "../class-names.ts";
import fieldSheet from "../field/field.module.css";
import { controlClass, type FieldProps } from "../field/field.tsx";
import { Icon } from "../icon/icon.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./combo-box.module.css";

export type ComboOption = { readonly value: string; readonly label: string; readonly detail?: string };

export type ComboBoxProps = FieldProps & {
  options: readonly ComboOption[];
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  disabled?: boolean;
  /** Only read aloud: where the heading above already names it. */
  hideLabel?: boolean;
};

/** One of many, found by typing a part of its name. Arrow keys choose, Escape leaves it as it was. */
export function ComboBox(props: ComboBoxProps) {
  const { label, hint, error, options, value, onChange, placeholder, disabled = false, hideLabel = false } = props;
  const text = useUiText();
  return (
    <AriaLanguage>
      <AriaComboBox
        className={fieldSheet.field ?? ""}
        defaultItems={options.map((option) => ({ ...option, id: option.value }))}
        value={value}
        onChange={(key) => onChange(key === null ? null : String(key))}
        isDisabled={disabled}
        isInvalid={error !== undefined}
        menuTrigger="focus"
        {...(hideLabel && { "aria-label": label })}
      >
        {!hideLabel && <Label className={fieldSheet.label ?? ""}>{label}</Label>}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the field's own keys, on their way to what it stands in */}
        <span className={styles.line} onKeyDown={keepEscape}>
          <Input className={classNames(controlClass, styles.input)} placeholder={placeholder ?? ""} />
          <Button className={styles.button ?? ""} aria-label={text("showChoices")}>
            <Icon as={ChevronDown} />
          </Button>
        </span>
        {hint !== undefined && <p className={fieldSheet.hint}>{hint}</p>}
        {error !== undefined && (
          <p className={fieldSheet.error} role="alert">
            {error}
          </p>
        )}
        <Popover className={styles.popover ?? ""}>
          <ListBox<ComboOption> className={styles.list ?? ""} renderEmptyState={() => text("nothingFound")}>
            {(option) => (
              <ListBoxItem id={option.value} className={styles.option ?? ""} textValue={option.label}>
                {option.label}
                {option.detail !== undefined && <span className={styles.detail}>{option.detail}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </AriaComboBox>
    </AriaLanguage>
  );
}

/** Escape closes the list first, not what the field stands in. */
function keepEscape(event: KeyboardEvent<HTMLElement>) {
  const isOpen = event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true";
  if (event.key === "Escape" && isOpen) event.preventDefault();
}
