import type { FlowDocument, FlowPrompt } from "@cordboard/flow-schema";
import { createContext, useContext } from "react";
import type { LibraryChoice } from "./company-things.ts";

/** Something that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface BuiltInChoice {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** SHA-256 by language. */
  readonly audio: Readonly<Record<string, string>>;
}

/** What widgets may know and do beyond their own value. Where no flow is being edited (a template's questions), `document` is null. */
export interface SettingWorld {
  readonly readOnly: boolean;
  readonly document: FlowDocument | null;
  /** The language in which somebody was led to a prompt. */
  readonly language?: string | null;
  readonly builtIn: readonly BuiltInChoice[];
  /** The company's own prompts; what is chosen is copied into the flow, and publishing takes what it is then. */
  readonly library: readonly LibraryChoice[];
  /** What the company has of a kind; `undefined` while that is not known. */
  choices(kind: string): readonly Choice[] | undefined;
  /** Changes a prompt of the flow; what is typed in one go is one step. */
  setPrompt(id: string, prompt: FlowPrompt): void;
  /** Adds a prompt and gives its id. Whoever names it must do so in the same breath, so that undo takes both back. */
  addPrompt(prompt: FlowPrompt, use: (id: string) => Change): void;
}

/** A setting's new value. */
export interface Change {
  readonly pointer: string;
  readonly value: unknown;
}

export const SettingContext = createContext<SettingWorld | null>(null);

export function useSettingWorld(): SettingWorld {
  const world = useContext(SettingContext);
  if (world === null) throw new Error("bug: no SettingContext around this");
  return world;
}
