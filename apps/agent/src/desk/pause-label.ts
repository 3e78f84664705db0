import type { AgentView, DeskChoices, ScreenLanguage } from "@cordboard/api";

/** The name of the reason that the operator gave for the pause; the code itself when the company no longer lists it. */
export function pauseLabel(
  pause: AgentView["pause"],
  choices: Pick<DeskChoices, "pauseReasons"> | null,
  language: ScreenLanguage,
): string | null {
  if (pause === null || pause.label === null) return null;
  const reason = choices?.pauseReasons.find(({ code }) => code === pause.label);
  return reason?.name[language] ?? pause.label;
}
