/** Gives a text to the reader as a file of its own. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The same of a value, as JSON. */
export const downloadJson = (name: string, value: unknown): void =>
  download(name, JSON.stringify(value, undefined, 2), "application/json");
