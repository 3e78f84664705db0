export { type FieldsOf, isDuplicate, type Owned, ownedCollection, type ScopedCollection } from "./owned-collection.ts";
export { demand, type Scope, systemScope } from "./scope.ts";
