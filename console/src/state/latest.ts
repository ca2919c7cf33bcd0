// Questions to the server of which only the last counts: one is asked at a time, and those that came meanwhile give way to it.

/** One question; a new one each time, as the same words may mean something else by then. */
export interface Wish {
  readonly asked: string
}

export class Latest {
  private wish: Wish | null = null
  private isAsking = false
  private readonly ask: (wish: Wish) => Promise<void>

  /** `ask` fails never. */
  constructor(ask: (wish: Wish) => Promise<void>) {
    this.ask = ask
  }

  /** null: nothing is wanted any more. */
  want(asked: string | null): void {
    this.wish = asked === null ? null : { asked }
    void this.run()
  }

  /** Whether something is wanted still, be it another thing by now. */
  get isWanted(): boolean {
    return this.wish !== null
  }

  isLast(wish: Wish): boolean {
    return this.wish === wish
  }

  private async run(): Promise<void> {
    if (this.isAsking) {
      return
    }
    this.isAsking = true
    while (this.wish !== null) {
      const asked: Wish = this.wish
      await this.ask(asked)
      if (this.isLast(asked)) {
        this.wish = null
      }
    }
    this.isAsking = false
  }
}
