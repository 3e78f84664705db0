/** Whom a member of a conference speaks to, as the coach that they are (jambonz 0.9.8, read: `setCoachMode`, `clearCoachMode`). */
export class Coaching<Member> {
  /** The tag of those who hear this member; undefined: everybody does. */
  private onlyTo: string | undefined;
  /** Who does not hear this member: what the media server was told, member by member. */
  private readonly unheardBy = new Set<Member>();
  /** Of whom the verb knows that it said so: only what it said last, so that an earlier word may stay behind. */
  private told: readonly Member[] = [];

  get isCoaching(): boolean {
    return this.onlyTo !== undefined;
  }

  isHeardBy(member: Member): boolean {
    return !this.unheardBy.has(member);
  }

  /** Will coach those with this tag as soon as there is somebody to speak to. */
  prepare(tag: string | undefined): void {
    this.onlyTo = tag;
  }

  /** Everybody else of the room, by their tags; asked again whenever somebody comes in or is tagged. */
  speakOnly(others: readonly { readonly member: Member; readonly tag: string | undefined }[]): void {
    if (this.onlyTo === undefined) return;
    const excluded = others.filter(({ tag }) => tag !== this.onlyTo).map(({ member }) => member);
    if (excluded.length === 0) this.clearTold();
    else {
      for (const member of excluded) this.unheardBy.add(member);
      this.told = excluded;
    }
  }

  stop(): void {
    this.clearTold();
    this.onlyTo = undefined;
  }

  private clearTold(): void {
    for (const member of this.told) this.unheardBy.delete(member);
    this.told = [];
  }
}
