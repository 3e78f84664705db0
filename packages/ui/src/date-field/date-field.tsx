import { type CalendarDate, parseDate } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
  Popover,
} from "react-aria-components";
import { AriaLanguage } from "../aria/aria-language.tsx";
import { classNames } from "../class-names.ts";
import fieldSheet from "../field/field.module.css";
import { controlClass, type FieldProps } from "../field/field.tsx";
import { Icon } from "../icon/icon.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./date-field.module.css";

export type DateFieldProps = FieldProps & {
  /** `2026-12-25`, or null for none. */
  value: string | null;
  onChange: (value: string | null) => void;
};

/** A day: written in the order of the reader's language, or chosen from a calendar. */
export function DateField({ label, hint, error, value, onChange }: DateFieldProps) {
  const text = useUiText();
  return (
    <AriaLanguage>
      <DatePicker
        className={fieldSheet.field ?? ""}
        value={dateOf(value)}
        onChange={(date) => onChange(date === null ? null : date.toString())}
        isInvalid={error !== undefined}
      >
        <Label className={fieldSheet.label ?? ""}>{label}</Label>
        <Group className={classNames(controlClass, styles.line)}>
          <DateInput className={styles.input ?? ""}>
            {(segment) => <DateSegment className={styles.segment ?? ""} segment={segment} />}
          </DateInput>
          <Button className={styles.button ?? ""} aria-label={text("calendar")}>
            <Icon as={CalendarDays} />
          </Button>
        </Group>
        {hint !== undefined && <p className={fieldSheet.hint}>{hint}</p>}
        {error !== undefined && (
          <p className={fieldSheet.error} role="alert">
            {error}
          </p>
        )}
        <Popover className={styles.popover ?? ""}>
          <Dialog className={styles.dialog ?? ""} aria-label={text("calendar")}>
            <Calendar>
              <header className={styles.header}>
                <Button slot="previous" className={styles.button ?? ""}>
                  <Icon as={ChevronLeft} />
                </Button>
                <Heading className={styles.month ?? ""} />
                <Button slot="next" className={styles.button ?? ""}>
                  <Icon as={ChevronRight} />
                </Button>
              </header>
              <CalendarGrid className={styles.grid ?? ""}>
                {(date) => <CalendarCell className={styles.day ?? ""} date={date} />}
              </CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </AriaLanguage>
  );
}

/** A date of the calendar; null for none, and for what is not one. */
function dateOf(value: string | null): CalendarDate | null {
  if (value === null) return null;
  try {
    return parseDate(value);
  } catch {
    return null;
  }
}
