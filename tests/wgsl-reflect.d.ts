/** wgsl_reflect's main file is CommonJS in a package of ES modules, which Node cannot load; this one it can. */
declare module "wgsl_reflect/wgsl_reflect.module.js" {
  export * from "wgsl_reflect";
}
