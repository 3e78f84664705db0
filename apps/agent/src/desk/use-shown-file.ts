import type { AgentCall } from "@cordboard/api";
import { useState } from "react";
import { isWebAddress } from "../session/script-tab.ts";

/** The file that the agent itself shows for a call. */
export interface ShownFile {
  /** Of whom it is, when one was chosen among several. */
  readonly contactId: string | null;
  readonly name: string;
  /** It is here only because nobody clicked on the page, so that no tab could be opened: the call accepted itself, or a notification did. */
  readonly itself: "acceptedItself" | "notification" | null;
  /** Null: none is shown. */
  readonly url: string | null;
  readonly show: (contactId: string, url: string) => void;
}

/**
 * What the script of the call shows inside the agent: what opens by itself, until another contact's file was chosen for this very call.
 * `tabbed`: the call of which a click opened a tab; `unclicked`: the one that was accepted without a click here.
 */
export function useShownFile(call: AgentCall | null, tabbed: string | null, unclicked: string | null): ShownFile {
  const [chosen, setChosen] = useState<{ callId: string; contactId: string; url: string } | null>(null);
  const asked = call?.card.script?.place === "panel";
  const why = call?.acceptedItself === true ? "acceptedItself" : call?.callId === unclicked ? "notification" : null;
  const itself = asked || call === null || call.callId === tabbed ? null : why;
  const script = asked || itself !== null ? (call?.card.script ?? null) : null;
  const mine = call && chosen?.callId === call.callId ? chosen : null;
  const url = mine?.url ?? script?.url ?? null;
  return {
    contactId: mine?.contactId ?? null,
    name: script?.name ?? "",
    itself,
    url: script && url !== null && isWebAddress(url) ? url : null,
    show: (contactId, file) => call && setChosen({ callId: call.callId, contactId, url: file }),
  };
}
