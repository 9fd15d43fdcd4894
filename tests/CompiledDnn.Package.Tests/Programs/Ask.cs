using System.Globalization;

var features = new float[Made.InputSize];
for (int i = 0; i < features.Length; i++)
{
    features[i] = i / 16f;
}

Console.WriteLine(Made.Pretrained.Predict(features).ToString("R", CultureInfo.InvariantCulture));
