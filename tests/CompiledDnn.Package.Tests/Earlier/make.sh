#!/usr/bin/env bash
# make.sh NAME PACKAGES VERSION: builds the sources in the folder NAME with the packages of that version in the folder PACKAGES, runs what was
# built, and keeps the assembly and what it printed. Once for each release, with the packages that were published; never again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
name=$1 packages=$(cd "$2" && pwd) version=$3
[ ! -e "$here/$name/Earlier.dll" ] || { echo "$name has an assembly: it is a record, and no release is made twice" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/library" "$work/host"
cp "$here/$name"/*.cs "$here/$name"/*.safetensors "$here/$name/Earlier.csproj" "$work/library"
cp "$here/../Programs/RunEarlier.cs" "$work/host"
cat >"$work/nuget.config" <<CONFIG
<configuration>
  <packageSources><add key="release" value="$packages" /></packageSources>
</configuration>
CONFIG
cat >"$work/host/Host.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="CompiledDnn.Training" Version="$version" />
    <Reference Include="../library/out/Earlier.dll" />
  </ItemGroup>
</Project>
PROJECT

# A folder of their own for what is restored, so that packages of the same version that are there already are not used.
export NUGET_PACKAGES=$work/restored
dotnet build "$work/library" -c Release -p:PackagesVersion="$version" -p:PathMap="$work=/" -o "$work/library/out" -v quiet
dotnet run --project "$work/host" -c Release >"$work/printed.txt"
cp "$work/library/out/Earlier.dll" "$here/$name/Earlier.dll"
cp "$work/printed.txt" "$here/$name/printed.txt"
ls -l "$here/$name"
