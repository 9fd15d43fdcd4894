using System.Reflection;
using System.Runtime.CompilerServices;
using Earlier;

// What an assembly calls is looked up when a method is compiled: so every one is, also those that say what is wrong.
int methods = 0;
foreach (Type type in typeof(Library).Assembly.GetTypes())
{
    const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
    foreach (MethodBase method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
    {
        if (!method.IsAbstract && !method.ContainsGenericParameters && !type.ContainsGenericParameters)
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
            methods++;
        }
    }
}

Library.Run(Console.Out);
Console.WriteLine($"methods {methods}");
