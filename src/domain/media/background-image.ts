/** A background image: a URL, a file, or an object with a URL, such as an `<img>`. */
export type BackgroundImage =
  | string
  | Blob
  | {
      /** The URL of the image. */
      readonly src: string;
    }
  | {
      /** The URL of the image. */
      readonly url: string;
    };
