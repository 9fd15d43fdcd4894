namespace CompiledDnn.Kernels;
internal static class TileShape { }
