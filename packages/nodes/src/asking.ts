import type { NodeStates, NodeTransition, PromptChoice, StepAction, Steps } from "@cordboard/node-kit";

/** Silence after each part of what is said in a row, before the next one, milliseconds. */
export const BETWEEN_MS = 100;

export type States = Readonly<Record<string, NodeStates>>;
export type Ways = readonly (NodeTransition | string)[];

/** The words in which the states of whoever goes through menus are written: questions that one key answers. */
export function asking(steps: Steps, patienceMs: number) {
  const { builtIn, collect, leaveBy, say } = steps;
  const heard = (prompt: string | PromptChoice) => (typeof prompt === "string" ? builtIn(prompt) : prompt);
  const listening = (prompt: string | PromptChoice, silenceMs: number) =>
    collect({ prompt: heard(prompt), maxDigits: 1, patienceMs: silenceMs });

  /** Asks twice, then goes by `silent`. A key that is none of `answers` asks again too. */
  function question(
    name: string,
    prompt: string | PromptChoice,
    answers: Ways,
    silent: NodeTransition | string,
  ): States {
    const again = `${name}Again`;
    const entry = listening(prompt, patienceMs);
    return {
      [name]: { entry, on: { "input.digits": [...answers, again], "input.silence": again } },
      [again]: { entry, on: { "input.digits": [...answers, name], "input.silence": silent } },
    };
  }

  /** Says one thing after the other; a key of `answers` is taken at any moment, another one goes on with the next. */
  function inARow(name: string, prompts: readonly (string | PromptChoice)[], answers: Ways, then: string): States {
    const nameOf = (index: number) => (index === 0 ? name : index === prompts.length ? then : `${name}${index + 1}`);
    return Object.fromEntries(
      prompts.map((prompt, index) => {
        const next = nameOf(index + 1);
        const on = { "input.digits": [...answers, next], "input.silence": next };
        return [nameOf(index), { entry: listening(prompt, BETWEEN_MS), on }];
      }),
    );
  }

  return {
    listening,
    question,
    inARow,
    /** Says something, and goes on. */
    telling: (prompt: string, next: NodeTransition | string, before: readonly StepAction[] = []): NodeStates => ({
      entry: [...before, say(builtIn(prompt))],
      on: { "play.done": next },
    }),
    /** Asks for several keys, up to the hash key. */
    keyed: (prompt: string, { most, secret }: { readonly most: number; readonly secret: boolean }): StepAction =>
      collect({
        prompt: builtIn(prompt),
        minDigits: 1,
        maxDigits: most,
        finishOnKey: "#",
        patienceMs,
        interDigitMs: Math.max(2_000, Math.round(patienceMs / 2)),
        secret,
      }),
    done: leaveBy("done"),
  };
}
