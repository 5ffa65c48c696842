/** What the users of a call may have behind them, and what they must. */
interface Choices {
  readonly blur: boolean;
  readonly userImages: boolean;
  readonly defaultImages: boolean;
  readonly images: readonly string[];
  readonly enforcedBlur: number;
  readonly enforcedImage: string;
}

const initialChoices: Choices = {
  blur: true,
  userImages: true,
  defaultImages: true,
  images: [],
  enforcedBlur: 0,
  enforcedImage: '',
};

/** The setters of CometChat's builder; its documents call them on a VirtualBackground itself. All return the object. */
class BackgroundSetters {
  protected choices = initialChoices;

  /** Whether the blur is offered. Default `true`. */
  allowBackgroundBlur(allow: boolean): this {
    return this.#set({ blur: allow });
  }

  /** Whether users may upload an image. Default `true`. */
  allowUserImages(allow: boolean): this {
    return this.#set({ userImages: allow });
  }

  /** Whether the built-in images are offered. Default `true`. */
  showDefaultImages(show: boolean): this {
    return this.#set({ defaultImages: show });
  }

  /** The addresses of images that are offered besides. */
  setImages(images: readonly string[]): this {
    return this.#set({ images: [...images] });
  }

  /** Blurs the background from the start, from 1 to 99, and leaves no choice. 0, the default, enforces nothing. */
  enforceBackgroundBlur(level: number): this {
    return this.#set({ enforcedBlur: level });
  }

  /** Shows the image at this address from the start, and leaves no choice. Empty, the default, enforces nothing. */
  enforceBackgroundImage(image: string): this {
    return this.#set({ enforcedImage: image });
  }

  #set(changes: Partial<Choices>): this {
    this.choices = { ...this.choices, ...changes };
    return this;
  }
}

/** What `CallSettingsBuilder.setVirtualBackground` takes: which backgrounds there are, and whether one is enforced. */
export class VirtualBackground extends BackgroundSetters {
  constructor(builder?: VirtualBackgroundBuilder) {
    super();
    if (builder) this.choices = builder.getChoices();
  }

  /** Whether the blur is offered. */
  shouldAllowBackgroundBlur(): boolean {
    return this.choices.blur;
  }

  /** Whether users may upload an image. */
  shouldAllowUserImages(): boolean {
    return this.choices.userImages;
  }

  /** Whether the built-in images are offered. */
  shouldShowDefaultImages(): boolean {
    return this.choices.defaultImages;
  }

  /** The URLs of the images that are offered besides. */
  getImages(): string[] {
    return [...this.choices.images];
  }

  /** The strength of the blur that is enforced; 0: none is. */
  isBackgroundBlurEnforced(): number {
    return this.choices.enforcedBlur;
  }

  /** The address of the image that is enforced; empty: none is. */
  getEnforcedBackgroundImage(): string {
    return this.choices.enforcedImage;
  }
}

/** Builds a VirtualBackground. `build()` may be called again after changes, which do not touch what was built. */
export class VirtualBackgroundBuilder extends BackgroundSetters {
  /** A VirtualBackground with the values set so far. */
  build(): VirtualBackground {
    return new VirtualBackground(this);
  }

  /** What was set so far. */
  getChoices(): Choices {
    return this.choices;
  }
}
