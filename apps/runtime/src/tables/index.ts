/** Tables that people send: CSV as spreadsheets of the West save it. */
export { readTable, type TableForm, type TableRow, tableForm } from "./read-table.ts";
export { plainCell, plainWord, yesNo } from "./words.ts";
