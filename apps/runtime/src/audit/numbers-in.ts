const e164 = /^\+[1-9]\d{5,14}$/;

/** The telephone numbers that stand anywhere in this, each once. */
export function numbersIn(told: unknown): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      if (e164.test(value)) found.add(value);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  look(told);
  return [...found];
}
