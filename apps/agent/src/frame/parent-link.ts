import type { AgentView, FrameCommand, FrameNews } from "@cordboard/api";
import type { Desk } from "../session/create-desk.ts";
import { newsOf } from "./news-of.ts";
import { readCommand } from "./read-command.ts";

interface Page {
  post(news: FrameNews): void;
  /** Messages of the page that shows the agent, and of no other window. */
  onMessage(listener: (data: unknown) => void): void;
}

type UsedDesk = Pick<Desk, "getState" | "subscribe" | "pause" | "resume" | "ready" | "dial">;

/** Tells the page around the agent what happens, and does what it asks; whatever it asks is asked of the server like a press of a button. */
export function linkToParent(desk: UsedDesk, page: Page): void {
  let shown: AgentView | null = null;
  let signedIn: boolean | null = null;

  const tell = () => {
    const view = desk.getState().phase === "signedOut" ? null : desk.getState().view;
    if (signedIn !== (view !== null)) {
      signedIn = view !== null;
      shown = null;
      page.post({ cordboard: 1, type: "ready", signedIn });
    }
    if (view === null || view === shown) return;
    for (const news of newsOf(shown, view)) page.post(news);
    shown = view;
  };

  async function obey(command: FrameCommand): Promise<void> {
    const { id } = command;
    if (command.type === "tell") {
      signedIn = null;
      tell();
      return page.post({ cordboard: 1, type: "done", id });
    }
    const { view } = desk.getState();
    if (view === null) return refuse(id, "notSignedIn", "Nobody is signed in.");
    const before = desk.getState().refusal;
    if (command.type === "dial") await desk.dial({ number: command.number });
    else if (command.state === "paused") await desk.pause(command.reason);
    else if (view.state === "wrapUp") await desk.ready();
    else await desk.resume();
    const { refusal } = desk.getState();
    if (refusal === null || refusal === before) return page.post({ cordboard: 1, type: "done", id });
    refuse(id, refusal.problem.code, `${refusal.problem.message} ${refusal.problem.remedy}`.trim());
  }

  const refuse = (id: string, code: string, message: string) =>
    page.post({ cordboard: 1, type: "refused", id, code, message });

  page.onMessage((data) => {
    const command = readCommand(data);
    if (command) void obey(command);
  });
  desk.subscribe(tell);
  tell();
}
