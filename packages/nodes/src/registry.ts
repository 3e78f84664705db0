import { condition } from "./condition/index.ts";
import { createRegistry } from "./create-registry.ts";
import { hangup } from "./hangup/index.ts";
import { hunt } from "./hunt/index.ts";
import { menu } from "./menu/index.ts";
import { play } from "./play/index.ts";
import { screenPop } from "./screen-pop/index.ts";
import { set } from "./set/index.ts";
import { transfer } from "./transfer/index.ts";

/** The node types that ship with the product; one line each. */
export const builtInNodeTypes = [play, menu, condition, set, hunt, screenPop, transfer, hangup] as const;

export const registry = createRegistry(builtInNodeTypes);
