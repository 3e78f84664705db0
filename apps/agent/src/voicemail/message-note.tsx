import type { VoicemailMessage } from "@cordboard/api";
import { TextArea } from "@cordboard/ui";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";

/** How long somebody stops writing before what is written is saved. */
const restMs = 1_200;

/** A note that saves itself: when its writer stops, leaves the field, or closes the message. What could not be saved stays, and says so. */
export function MessageNote({ message, onSaved }: { message: VoicemailMessage; onSaved: () => Promise<void> }) {
  const { desk } = useDesk();
  const { t } = useTranslation("voicemail");
  const { messageId, note } = message;
  const [text, setText] = useState(note);
  const [standing, setStanding] = useState<"still" | "saving" | "saved" | { readonly problem: string }>("still");
  const saved = useRef(note);
  const written = useRef(note);
  written.current = text;
  // What somebody else wrote meanwhile is shown, unless something is being written here.
  useEffect(() => {
    if (written.current === saved.current) setText(note);
    saved.current = note;
  }, [note]);

  const save = useRef(async () => {});
  save.current = async () => {
    const wanted = written.current;
    if (wanted === saved.current) return;
    const before = saved.current;
    saved.current = wanted;
    setStanding("saving");
    const answer = await desk.ask("deskMessages.change", { params: { messageId }, body: { note: wanted } });
    if (!answer.ok) saved.current = before;
    setStanding(answer.ok ? "saved" : { problem: `${answer.error.message} ${answer.error.remedy}` });
    if (answer.ok) await onSaved();
  };
  useEffect(() => {
    if (text === saved.current) return;
    const rest = setTimeout(() => void save.current(), restMs);
    return () => clearTimeout(rest);
  }, [text]);
  useEffect(() => () => void save.current(), []);
  return (
    <TextArea
      label={t("note")}
      hint={standing === "saving" ? t("noteSaving") : standing === "saved" ? t("noteSaved") : t("noteHint")}
      {...(typeof standing === "object" && { error: standing.problem })}
      value={text}
      maxLength={2000}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => void save.current()}
    />
  );
}
