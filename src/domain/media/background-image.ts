/** What a page may give as a background: an address, a file, or something with an address, such as an `<img>`. */
export type BackgroundImage = string | Blob | { readonly src: string } | { readonly url: string };
