/** Most makers of network cards that are told apart: a number for each has to leave room for 24 bits of an address. */
const mostMakers = 200;

/** Numbers from 1 for the first halves of MAC addresses: a fleet has a few of them. */
export class Makers {
  readonly #numbers = new Map<number, number>();
  #last = -1;
  #lastNumber = 0;

  /** 0 when there are too many. */
  numberOf(maker: number): number {
    if (maker === this.#last) return this.#lastNumber;
    let number = this.#numbers.get(maker);
    if (number === undefined) {
      if (this.#numbers.size >= mostMakers) return 0;
      number = this.#numbers.size + 1;
      this.#numbers.set(maker, number);
    }
    this.#last = maker;
    this.#lastNumber = number;
    return number;
  }
}
