import { describeCallCentre } from "./testing/call-centre-suite.ts";
import { describeCrashes } from "./testing/crash-suite.ts";
import { MemoryCollections, memoryCentreStore } from "./testing/memory-centre-store.ts";
import { describeStorm } from "./testing/storm-suite.ts";

const emptyStore = async () => memoryCentreStore(new MemoryCollections());

describeCallCentre("a store in memory", emptyStore);
describeCrashes("a store in memory", emptyStore);
describeStorm("a store in memory", emptyStore, { rounds: 6, steps: 1_500 });
