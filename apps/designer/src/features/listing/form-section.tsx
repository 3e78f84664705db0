import { Icon } from "@cordboard/ui";
import { ChevronRight } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import styles from "./form-section.module.css";
import { isAbout } from "./is-about.ts";
import type { FormProblem } from "./resource.ts";

/** Why the server refused what the form holds, for the sections of the form. */
export const FormProblemContext = createContext<FormProblem>(null);

/** Which sections this tab has open: whoever looks at the same setting of one thing after the other opens it once. */
const opened = new Set<string>();

export type FormSectionProps = {
  /** Of all forms: what is open stays open when the next thing is opened. */
  id: string;
  title: string;
  /** What is set in it, said in one line while it is folded; parts that say nothing are left out. */
  summary: readonly (string | false | null)[];
  /** The fields that it shows: a refusal over one of them opens it. */
  holds: readonly string[];
  /** Kinds of things that it chooses from: one that is gone opens it. */
  choosesFrom?: readonly string[];
  children: ReactNode;
};

/** A part of a long form that is folded until it is asked for, and opens by itself over anything wrong in it. */
export function FormSection({ id, title, summary, holds, choosesFrom = [], children }: FormSectionProps) {
  const problem = useContext(FormProblemContext);
  const details = useRef<HTMLDetailsElement>(null);
  const concerned = isAbout(problem, holds, choosesFrom);
  useEffect(() => {
    if (concerned && details.current !== null) details.current.open = true;
  }, [concerned]);
  const openNow = () => {
    // At once: the browser then leads to the field, and cannot where it is folded away.
    if (details.current !== null) details.current.open = true;
  };
  return (
    <details
      ref={details}
      className={styles.section}
      open={opened.has(id)}
      onToggle={(event) => {
        if (event.currentTarget.open) opened.add(id);
        else opened.delete(id);
      }}
      onInvalidCapture={openNow}
    >
      <summary className={styles.head}>
        <Icon as={ChevronRight} />
        <span className={styles.words}>
          <h3>{title}</h3>{" "}
          <span className={styles.summary}>
            {summary.filter((part) => part !== false && part !== null).join(" · ")}
          </span>
        </span>
      </summary>
      <div className={styles.fields}>{children}</div>
    </details>
  );
}

/** The sections of a form, one below the other. */
export function FormSections({ children }: { children: ReactNode }) {
  return <div className={styles.sections}>{children}</div>;
}
