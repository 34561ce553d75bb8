/**
 * A place in a definition, in the two notations that Step Functions uses: the path in a problem with the
 * definition (`/States/Plan/Output/rows[0]`), and the field in the cause of an error while the state runs
 * (`Output/rows[0]`).
 */
export class Place {
  static readonly root = new Place('', '');

  private constructor(
    readonly path: string,
    readonly field: string,
  ) {}

  /** The place of a state, from which fields are counted. */
  static state(name: string): Place {
    return new Place(`/States/${name}`, '');
  }

  key(name: string): Place {
    return new Place(`${this.path}/${name}`, this.field === '' ? name : `${this.field}/${name}`);
  }

  index(position: number): Place {
    return new Place(`${this.path}[${position}]`, `${this.field}[${position}]`);
  }
}
