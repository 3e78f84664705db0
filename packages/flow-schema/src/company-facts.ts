/** What the company has, for references that lead out of the document. Kinds that are not given are not checked. */
export interface CompanyFacts {
  readonly queue?: ReadonlySet<string>;
  readonly script?: ReadonlySet<string>;
  readonly telephone?: ReadonlySet<string>;
}
