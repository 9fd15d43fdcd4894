namespace CompiledDnn.Package.Tests.Harness;

/// <summary>A stranger's program: a folder outside the repository with a project of default settings, but for warnings as errors.</summary>
internal sealed class Consumer(Feed feed, string folder)
{
    private const string Name = "Program";

    /// <summary>Its folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Writes the project and its one source.</summary>
    /// <param name="program">The source's name among those of the tests.</param>
    /// <param name="package">The one package that it names.</param>
    /// <param name="items">What else stands in the project.</param>
    public Consumer Project(string program, string package, string items = "")
    {
        Write($"{Name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{feed.Version}" />
              </ItemGroup>
              {items}
            </Project>
            """);
        using Stream source = typeof(Consumer).Assembly.GetManifestResourceStream(program)!;
        using var reader = new StreamReader(source);
        return Write(program, reader.ReadToEnd());
    }

    /// <summary>Writes a file into its folder.</summary>
    public Consumer Write(string file, string text)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, file), text);
        return this;
    }

    /// <summary>Replaces text in a file of its folder.</summary>
    public Consumer Change(string file, string before, string after) =>
        Write(file, File.ReadAllText(Path.Combine(Folder, file)).Replace(before, after, StringComparison.Ordinal));

    /// <summary>Runs a command of the SDK in its folder.</summary>
    public Task<Outcome> DotNet(params string[] arguments) => Harness.DotNet.Command(Folder, feed.Restored, arguments);

    /// <summary>Builds and runs it.</summary>
    public async Task<Outcome> Run()
    {
        (await DotNet("build")).Succeeds();
        return await Harness.DotNet.Run(Path.Combine(Folder, "bin", "Debug", "net10.0", Executable));
    }

    /// <summary>Runs dotnet new with templates of its own.</summary>
    public Task<Outcome> New(string hive, params string[] arguments) =>
        Harness.DotNet.Command(Folder, feed.Restored, ["new", .. arguments, "--debug:custom-hive", hive]);

    /// <summary>Builds and runs a project that the tests did not write.</summary>
    public Task<Outcome> RunProject(string project) => Harness.DotNet.Command(Folder, feed.Restored, "run", "--project", project);

    /// <summary>Publishes it.</summary>
    /// <param name="output">The folder's name for what is published, also for what a native compiler leaves on the way.</param>
    /// <param name="arguments">Properties.</param>
    public Task<Outcome> Publish(string output, params string[] arguments) => DotNet(
        ["publish", "-o", output, $"-p:NativeIntermediateOutputPath=obj/{output}/", .. arguments]);

    /// <summary>Publishes it with Native AOT, for the instruction set, or for none.</summary>
    public Task<Outcome> PublishNative(string output, string? instructionSet, params string[] arguments) => Publish(
        output, ["-p:PublishAot=true", .. instructionSet is null ? [] : new[] { $"-p:IlcInstructionSet={Escape(instructionSet)}" }, .. arguments]);

    /// <summary>The path of what was published.</summary>
    public string Published(string output) => Path.Combine(Folder, output, Executable);

    private static string Executable => OperatingSystem.IsWindows() ? Name + ".exe" : Name;

    // A comma ends a property on the command line.
    private static string Escape(string value) => value.Replace(",", "%2c", StringComparison.Ordinal);
}
