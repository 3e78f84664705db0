import type { Resource as ResourceName, UsedKind } from "@cordboard/api";
import type { DataColumn } from "@cordboard/ui/pages";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Resource } from "./resource.ts";

/** What every listed thing has. */
export type Listed = { readonly rev: number; readonly name: string };

export type FieldsProps<Item, Fields> = {
  readonly fields: Fields;
  readonly set: (changes: Partial<Fields>) => void;
  /** Null while it is being created. */
  readonly item: Item | null;
};

export type ResourcePageProps<Item extends Listed, Fields extends object> = {
  /** The page's path, its namespace of texts, and the first part of its address. */
  readonly path: string;
  /** The address, where it is not the path. */
  readonly base?: string;
  readonly resourceName: ResourceName;
  readonly resource: Resource<Item, Fields>;
  readonly icon: LucideIcon;
  /** Texts of the page's namespace: title, words, new, newTitle, none, noneWords; and askDelete where nothing can be brought back. */
  readonly columns: readonly DataColumn<Item>[];
  readonly blank: Fields;
  readonly Fields: (props: FieldsProps<Item, Fields>) => ReactNode;
  /** What else makes items, beside the button that creates one: shown to who may write. */
  readonly actions?: ReactNode;
  /** Links to the parts of the page, below its title. */
  readonly parts?: ReactNode;
  /** Drawn above the list: what belongs to the whole page. */
  readonly above?: ReactNode;
  /** What it is to what uses it: its form then says where that is. */
  readonly usedKind?: UsedKind;
  /** Of the listed, those that are shown; and what shows all of them again. */
  readonly only?: { readonly keeps: (item: Item) => boolean; readonly clear: () => void } | null;
  /** The form takes the whole page. */
  readonly wide?: boolean;
  /** More of what is open, below its fields: what works at once and is not saved with them. */
  readonly Extra?: (props: { readonly item: Item }) => ReactNode;
};
