import { timeToMinutes } from "@cordboard/ui/pages";
import { type PointerEvent, useState } from "react";
import styles from "./day-bar.module.css";
import { type DayHours, isOpenAt, paint } from "./week-hours.ts";

type Stroke = { readonly from: number; readonly until: number; readonly open: boolean };

/** A day from 0 to 24 h that the pointer paints on by half hours: open where it was closed, closed where it was open. */
export function DayBar({
  hours,
  onChange,
  readOnly,
}: {
  hours: DayHours;
  onChange: (hours: DayHours) => void;
  readOnly: boolean;
}) {
  const [stroke, setStroke] = useState<Stroke | null>(null);
  const shown = stroke === null ? hours : paint(hours, stroke.from, stroke.until, stroke.open);
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (readOnly || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = minutesAt(event);
    const from = Math.floor(at / 30) * 30;
    setStroke({ from, until: from + 30, open: !isOpenAt(hours, at) });
  };
  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (stroke === null) return;
    const at = minutesAt(event);
    setStroke({ ...stroke, until: at < stroke.from ? Math.floor(at / 30) * 30 : Math.ceil(at / 30) * 30 });
  };
  const end = () => {
    if (stroke !== null) onChange(shown);
    setStroke(null);
  };
  return (
    // The times beside it say and change the same by keyboard.
    <div
      className={styles.bar}
      data-readonly={readOnly || undefined}
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={() => setStroke(null)}
    >
      {shown.map(([from, until]) => (
        <span
          key={`${from} ${until}`}
          className={styles.open}
          style={{
            left: `${(timeToMinutes(from) / 1440) * 100}%`,
            width: `${((timeToMinutes(until) - timeToMinutes(from)) / 1440) * 100}%`,
          }}
        />
      ))}
    </div>
  );
}

function minutesAt(event: PointerEvent<HTMLDivElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(1440, ((event.clientX - left) / Math.max(1, width)) * 1440));
}
