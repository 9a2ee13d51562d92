/** What esbuild puts in for files that are not scripts: styles go to the bundle's `.css`, icons come as text. */
declare module "*.css";
declare module "*.svg" {
  const text: string;
  export default text;
}
