import type { FlowDocument, FlowNode } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useRef } from "react";
import type { CompanyThings } from "../../../widgets/company-things.ts";
import { type Card, cardOf } from "../model/card.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";

/** What stands on a node's card now; the same object as long as nothing of it changes. */
export function useCard(node: FlowNode): Card {
  const { things } = useEditor();
  const screen = useUiLanguage();
  const last = useRef<Last | null>(null);
  return useEditorState(({ document }) => {
    const before = last.current;
    // Asked at every change of anything, for every card: a document that says the same needs no second look.
    if (before && before.node === node && before.things === things && saysTheSame(before.document, document)) {
      if (before.screen === screen) return before.card;
    }
    const language = document.languages.find((one) => one.startsWith(screen)) ?? document.languages[0] ?? screen;
    const card = cardOf(node, document, { screen, language, nameOf: things.nameOf, builtInText: things.builtInText });
    const key = JSON.stringify(card);
    const kept = before?.key === key ? before.card : card;
    last.current = { document, node, things, screen, key, card: kept };
    return kept;
  });
}

/** Members that no card says anything of: where things stand, and what is for authors alone. */
const unsaid: ReadonlySet<keyof FlowDocument> = new Set(["layout", "notes", "groups"]);

/** Whether nothing differs that any card says. */
function saysTheSame(before: FlowDocument, now: FlowDocument): boolean {
  if (before === now) return true;
  const members = Object.keys(now) as (keyof FlowDocument)[];
  return members.every((member) => unsaid.has(member) || before[member] === now[member]);
}

interface Last {
  readonly document: FlowDocument;
  readonly node: FlowNode;
  readonly things: CompanyThings;
  readonly screen: string;
  readonly key: string;
  readonly card: Card;
}
