/** A background image: a URL, a file, or an object with a URL, such as an `<img>`. */
export type BackgroundImage = string | Blob | { readonly src: string } | { readonly url: string };
