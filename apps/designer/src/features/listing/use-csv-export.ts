import { csvTable } from "@cordboard/api";
import { useUiLanguage } from "@cordboard/ui";
import { clockAt, type WrittenTable } from "@cordboard/ui/pages";
import { download } from "../../app/download.ts";
import { useTimeForm } from "../../app/use-time-form.ts";

/** Gives a list as a CSV file that spreadsheets of the reader's language open; `name` and the day name the file. */
export function useCsvExport(name: string): (table: WrittenTable) => void {
  const language = useUiLanguage();
  const { timeZone } = useTimeForm();
  return (table) => {
    const { date } = clockAt(Date.now(), timeZone);
    download(`${name} ${date}.csv`, csvTable(table, language), "text/csv;charset=utf-8");
  };
}
