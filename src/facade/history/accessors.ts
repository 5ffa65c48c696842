/** A getter and a setter for each field, named as in CometChat's models: `getUid`, `setUid`. */
export type Accessors<Fields> = {
  [Name in keyof Fields & string as `get${Name}`]: () => Fields[Name];
} & {
  [Name in keyof Fields & string as `set${Name}`]: (value: Fields[Name]) => void;
};

/** The property behind an accessor: `SessionID` is `sessionId`. */
function propertyOf(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1).replace(/ID$/, 'Id');
}

/** Adds the accessors to a class. Values are plain properties, which UI kits read, too. */
export function addAccessors(prototype: object, names: readonly string[]): void {
  for (const name of names) {
    const property = propertyOf(name);
    Object.assign(prototype, {
      [`get${name}`](this: Record<string, unknown>) {
        return this[property];
      },
      [`set${name}`](this: Record<string, unknown>, value: unknown) {
        this[property] = value;
      },
    });
  }
}

/** Sets the properties that have a value: what a call does not have is not in its object. */
export function assignPresent(target: object, values: Readonly<Record<string, unknown>>): void {
  for (const [property, value] of Object.entries(values))
    if (value !== undefined && value !== null) Object.assign(target, { [property]: value });
}
