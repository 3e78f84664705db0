/** Where a run differs from its recording, exactly how, and why that is right. An entry that no longer applies fails the test too. */
export const DEVIATIONS: Readonly<Record<string, { readonly why: string; readonly differences: readonly string[] }>> =
  {};
