import type { AgentView, DeskDirectory, DialWish } from "@cordboard/api";
import { Button, Notice, Select, TextField } from "@cordboard/ui";
import { ClipboardPaste, Phone } from "lucide-react";
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Sheet, SheetState } from "../desk/sheet.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import { Contacts } from "./contacts.tsx";
import { type DialRequest, numberIn } from "./dial-request.ts";
import { Colleague, List, Recent, TelephoneRow } from "./dial-rows.tsx";
import styles from "./dial-sheet.module.css";
import { type Matching, matching } from "./matching.ts";

/** Whom to call: colleagues' states are looked at again so often while the sheet is open. */
const againMs = 10_000;

type Props = { view: AgentView; request: DialRequest | null; onClose: () => void };

/** Calls somebody: a number that is typed or pasted, a colleague, a telephone of the company, or one of the last calls again. */
export function DialSheet({ view, request, onClose }: Props) {
  const { desk } = useDesk();
  const { t } = useTranslation("dialling");
  const ask = useCallback(() => desk.ask("desk.directory"), [desk]);
  const { value, problem, again } = useAnswer(ask, view.state);
  useEffect(() => {
    const timer = setInterval(() => void again(), againMs);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <Sheet title={t("title")} onClose={onClose}>
      {value === null ? (
        <SheetState problem={problem} onRetry={() => void again()} />
      ) : (
        <Dialling view={view} directory={value} request={request} onClose={onClose} />
      )}
    </Sheet>
  );
}

function Dialling({ view, directory, request, onClose }: Props & { directory: DeskDirectory }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("dialling");
  const [written, setWritten] = useState(request?.number ?? "");
  const [lineId, setLineId] = useState<string | null>(null);
  const field = useRef<HTMLFormElement>(null);
  const { dialling } = directory;
  const mayCall = view.state === "available" || view.state === "paused";
  const found = useMemo(() => matching(directory, written), [directory, written]);
  useEffect(() => {
    if (request !== null) setWritten(request.number);
    field.current?.querySelector("input")?.focus();
  }, [request]);

  const call = async (wish: DialWish) => {
    const shown = lineId === null ? {} : { lineId };
    if ((await desk.dial({ ...wish, ...shown })) && open.current) onClose();
  };
  // The call may be shown before the answer to this browser has come: then Escape is the call's.
  const open = useRef(true);
  const begun = state.busy.includes("dial") && view.state === "dialling";
  useEffect(() => {
    open.current = true;
    if (begun) onClose();
    return () => {
      open.current = false;
    };
  }, [begun, onClose]);
  useAtOnce(request, directory, mayCall, () => request && void call({ number: request.number }));

  const number = numberIn(written);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const telephoneId = number === null ? onlyTelephone(found) : undefined;
    if (telephoneId !== undefined) void call({ telephoneId });
    else if (written.trim() !== "") void call({ number: written.trim() });
  };
  const lines = dialling.lines.map((line) => ({ value: line.lineId, label: `${line.name} · ${line.numberText}` }));
  const [contacts, setContacts] = useState<number | null>(0);
  if (!dialling.allowed) {
    return (
      <div className={styles.sheet}>
        <p className={styles.words}>{t("notAllowed")}</p>
        <div className={styles.form}>
          <TextField
            label={t("findContact")}
            type="search"
            autoComplete="off"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
          />
        </div>
        <Contacts written={written} mayCall={false} onCall={null} onFound={setContacts} />
        {contacts === 0 && written.trim().length >= 2 && <p className={styles.words}>{t("noContact")}</p>}
      </div>
    );
  }
  return (
    <div className={styles.sheet}>
      <form ref={field} className={styles.form} onSubmit={onSubmit}>
        <div className={styles.number}>
          <TextField
            label={t("whom")}
            hint={t("whomHint")}
            type="text"
            inputMode="tel"
            autoComplete="off"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
          />
        </div>
        {lines.length > 1 && (
          <Select label={t("line")} options={lines} value={lineId ?? lines[0]?.value ?? null} onChange={setLineId} />
        )}
        <div className={styles.actions}>
          <Button
            kind="primary"
            type="submit"
            icon={Phone}
            disabled={!mayCall || written.trim() === ""}
            busy={state.busy.includes("dial")}
          >
            {t("call")}
          </Button>
          <Button kind="quiet" icon={ClipboardPaste} onClick={() => void pasted(setWritten)}>
            {t("paste")}
          </Button>
        </div>
      </form>
      {!mayCall && view.offer === null && (
        <div className={styles.words}>
          <Notice kind="info">{t("notNow")}</Notice>
        </div>
      )}
      <Contacts written={written} mayCall={mayCall} onCall={(wish) => void call(wish)} onFound={setContacts} />
      <List title={t("recent")}>
        {found.recent.map((recent) => (
          <Recent key={recent.callId} recent={recent} mayCall={mayCall} onCall={(wish) => void call(wish)} />
        ))}
      </List>
      <List title={t("colleagues")}>
        {found.colleagues.map((colleague) => (
          <Colleague
            key={colleague.operatorId}
            colleague={colleague}
            mayCall={mayCall}
            onCall={(wish) => void call(wish)}
          />
        ))}
      </List>
      <List title={t("telephones")}>
        {found.telephones.map(({ telephoneId, name }) => (
          <TelephoneRow key={telephoneId} name={name} mayCall={mayCall} onCall={() => void call({ telephoneId })} />
        ))}
      </List>
      {found.nothing && number === null && contacts === 0 && <p className={styles.words}>{t("nobody")}</p>}
    </div>
  );
}

/** A click on a page that the company trusts is the wish to call: it needs no second one. Once, and only while it is possible. */
function useAtOnce(request: DialRequest | null, { dialling }: DeskDirectory, mayCall: boolean, call: () => void) {
  const done = useRef<DialRequest | null>(null);
  useEffect(() => {
    if (request === null || done.current === request || request.from === null) return;
    done.current = request;
    if (mayCall && dialling.origins.includes(request.from)) call();
  });
}

/** By the button: the browser may ask whether the page may read what was copied. Ctrl+V anywhere on the desk needs no such leave. */
async function pasted(show: (text: string) => void): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => null);
  if (text) show(numberIn(text) ?? text.trim().slice(0, 64));
}

/** Of who is found by a name: one, and no other, can be called. */
function onlyTelephone({ colleagues, telephones }: Matching): string | undefined {
  const all = [
    ...colleagues.flatMap(({ telephone }) => telephone?.telephoneId ?? []),
    ...telephones.map(({ telephoneId }) => telephoneId),
  ];
  return all.length === 1 ? all[0] : undefined;
}
