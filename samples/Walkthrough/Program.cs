using System.Text;
using Samples.Walkthrough;

Console.OutputEncoding = Encoding.UTF8;
var page = new Page(Console.Out);
page.Text("The notebook 'Let's build a Deep NN from scratch', section by section: its equations, and its numbers worked out by generated classes.");

Initialization.Run(page);
ForwardPropagation.Run(page);
LayerBackward.Run(page);
ModelBackward.Run(page);
UpdateParameters.Run(page);

page.Text("");
page.Text(page.Different == 0
    ? $"All {page.Compared} results agree."
    : $"{page.Different} of {page.Compared} results differ.");
return page.Different == 0 ? 0 : 1;
