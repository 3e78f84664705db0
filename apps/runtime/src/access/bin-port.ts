import type { Resource } from "@cordboard/api";
import type { Scope } from "./scope.ts";

/** What is put into the bin: a document as it is stored, and where. */
export interface Binned {
  readonly collection: string;
  readonly resource: Resource;
  /** The id by which people know it. */
  readonly targetId: string;
  readonly name: string;
  readonly document: object;
  /** What goes and comes with it, of other collections. */
  readonly beside?: readonly { readonly collection: string; readonly document: object }[];
}

/** Where deleted things lie for a while. */
export interface BinPort {
  /** Before the thing is deleted, so that nothing is lost between; gives the way to take it out again, where it was not deleted after all. */
  put(scope: Scope, thrown: Binned): Promise<() => Promise<void>>;
}
