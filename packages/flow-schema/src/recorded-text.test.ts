import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlowPrompt } from "./flow-document.ts";
import {
  changedSinceRecorded,
  isTextChanged,
  withoutRecording,
  withRecording,
  withRecordingRight,
  withText,
} from "./recorded-text.ts";

const media = `sha256:${"a".repeat(64)}`;
const recorded: FlowPrompt = withRecording({ texts: { "fr-FR": "Bonjour." } }, "fr-FR", media);
const typed = (prompt: FlowPrompt, ...texts: readonly string[]) =>
  texts.reduce((before, text) => withText(before, "fr-FR", text), prompt);

describe("a recording and its text", () => {
  test("no typing loses a recording, and what it was made for is remembered to the end", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { minLength: 1 }), (first, later) => {
        const before = withRecording({ texts: { "fr-FR": first } }, "fr-FR", media);
        const after = typed(before, ...later);
        expect(after.audio).toEqual({ "fr-FR": media });
        expect(after.texts["fr-FR"]).toBe(later.at(-1));
        if (first.trim() !== "") expect(after.recordedTexts?.["fr-FR"]).toBe(first);
        expect(typed(after, first).texts).toEqual(before.texts);
        expect(changedSinceRecorded(typed(after, first))).toEqual([]);
      }),
    );
  });

  test("they drift apart when the text changes, and come together when it is changed back, heard to be right, or recorded again", () => {
    const apart = typed(recorded, "Bonjour", "Bonsoir.");
    expect(changedSinceRecorded(apart)).toEqual(["fr-FR"]);
    expect(changedSinceRecorded(typed(apart, "Bonjour."))).toEqual([]);
    expect(changedSinceRecorded(withRecordingRight(apart, "fr-FR"))).toEqual([]);
    expect(changedSinceRecorded(withRecording(apart, "fr-FR", media))).toEqual([]);
  });

  test("spaces and line ends are not heard", () => {
    expect(isTextChanged("Bonjour  à\ntous. ", "Bonjour à tous.")).toBe(false);
    expect(isTextChanged("Bonjour à tous.", "Bonjour à toutes.")).toBe(true);
  });

  test("what was recorded before any text was written, or before texts were remembered, is for the first text that is known", () => {
    const music = withRecording({ texts: {} }, "fr-FR", media);
    expect(music.recordedTexts).toBeUndefined();
    expect(changedSinceRecorded(typed(music, "Bonjour."))).toEqual([]);
    const old: FlowPrompt = { texts: { "fr-FR": "Bonjour." }, audio: { "fr-FR": media } };
    expect(changedSinceRecorded(old)).toEqual([]);
    expect(changedSinceRecorded(typed(old, "Bonsoir."))).toEqual(["fr-FR"]);
    expect(changedSinceRecorded(typed(old, "", "Bonsoir."))).toEqual(["fr-FR"]);
  });

  test("another language is left alone, and what is taken away leaves nothing behind", () => {
    const both = withRecording({ ...recorded, texts: { ...recorded.texts, "en-GB": "Hello." } }, "en-GB", media);
    expect(changedSinceRecorded(typed(both, "Bonsoir."))).toEqual(["fr-FR"]);
    expect(withoutRecording(both, "en-GB")).toEqual({
      texts: both.texts,
      audio: { "fr-FR": media },
      recordedTexts: { "fr-FR": "Bonjour." },
    });
    expect(withoutRecording(recorded, "fr-FR")).toEqual({ texts: { "fr-FR": "Bonjour." } });
  });

  test("a built-in announcement, or a prompt of the library, in other words is one of the flow's own", () => {
    const shared = { ...recorded, library: `prompt_${"1".repeat(32)}` };
    expect(typed(shared, "Bonsoir.")).toEqual(typed(recorded, "Bonsoir."));
    for (const change of [withRecordingRight, withoutRecording]) {
      expect(change(shared, "fr-FR")).toEqual(change(recorded, "fr-FR"));
    }
    expect(withRecording(shared, "fr-FR", media)).toEqual(recorded);
    expect(withText({ texts: {}, builtIn: "goodbye" }, "fr-FR", "Salut.")).toEqual({ texts: { "fr-FR": "Salut." } });
  });
});
