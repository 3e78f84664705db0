/** What pages of lists and forms are made of, for apps that have such pages: apart from the rest, so that the agent does not carry it. */
export { type Bar, BarChart, type BarChartProps } from "./bar-chart/bar-chart.tsx";
export { ComboBox, type ComboBoxProps, type ComboOption } from "./combo-box/combo-box.tsx";
export { type DataColumn, type DataSort, readSort, type WrittenTable, writeSort } from "./data-table/data-column.ts";
export { DataTable, type DataTableProps } from "./data-table/data-table.tsx";
export { DateField, type DateFieldProps } from "./date-field/date-field.tsx";
export { clockAt, dayAfter, instantOf } from "./format/zoned-time.ts";
export { Pager, type PagerProps } from "./pager/pager.tsx";
export { PickList, type PickListProps } from "./pick-list/pick-list.tsx";
export { type Tab, Tabs, type TabsProps } from "./tabs/tabs.tsx";
export { TimeInput, type TimeInputProps } from "./time-input/time-input.tsx";
export { minutesToTime, readTimeOfDay, timeToMinutes } from "./time-input/time-of-day.ts";
export { ToastRegion } from "./toast/toast-region.tsx";
export { showToast } from "./toast/toasts.ts";
